/** The README of a package: what it is, and what it must not be used for. */
export const readMe = (
  input: { readonly staff: number; readonly days: number; readonly seed: number; readonly end: string },
  offenders: number,
  lookAlikes: number,
): string => `# A demonstration force

Nobody in this package is real. It is a made-up force of ${input.staff} staff over ${input.days} days to ${input.end}, seed ${input.seed}.
The same command with the same seed writes the same bytes. Its area lies in the North Sea and its telephone numbers come from
ranges that are not in use, so that nothing in it can be mistaken for a real home or number.

* \`datapackage.json\` and the CSV files: the 40 feeds of the record contract.
* \`truth/\`: who offends and who only looks as if they did. No feed is named for it and intake does not read it.

Ordinary policing is nearly all of it. **${offenders} members of staff offend**, which is more than a force of this size would have
(about two in a thousand): at least six are planted so that there is something to show. About a third of them leave no
trace in any record: no detection can find those, and finding them all would mean that something is wrong.
**${lookAlikes} members of staff look alike** and are innocent: each has a pattern that a careless detector would take for abuse.

The figures it is made from are in \`content/simulate/force.yaml\`, each with its source or the word "judgement".
It is for showing and for tests. No weight or threshold may be tuned on it.
`
