/** The words that every page uses, one for each thing. */
export const helpWords: readonly { readonly word: string; readonly meaning: string }[] = [
  {
    word: 'Record',
    meaning: 'A row as the force supplied it: a call, a vehicle position, a look-up, a duty.',
  },
  { word: 'Feed', meaning: 'All records of one kind, from one system of the force.' },
  { word: 'Contact', meaning: 'A call or message between a member of staff and a person or number.' },
  { word: 'Stay', meaning: 'A vehicle that stood still near an address linked to a person.' },
  { word: 'Look-up', meaning: 'Opening or searching a record about a person in a system of the force.' },
  {
    word: 'Explained',
    meaning:
      'Another record gives the policing purpose: a tasking, a case, a custody record, a logged contact.',
  },
  {
    word: 'Indicator',
    meaning: 'One thing that detection looks for, with its sources and its innocent explanations.',
  },
  {
    word: 'Finding',
    meaning: 'An indicator was met for a member of staff, on the day its evidence sufficed.',
  },
  { word: 'Pair', meaning: 'One member of staff and one member of the public. Points belong to a pair.' },
  { word: 'Credit', meaning: 'An innocent explanation in the records that takes points off.' },
  { word: 'Band', meaning: 'Watch, Review, Develop or Priority: how many points a pair has come to.' },
  {
    word: 'Authorisation',
    meaning: 'Leave to look deeper than the nightly run: asked for by one person, granted by another.',
  },
  { word: 'Sweep', meaning: 'What one concern found, looked for over everybody that member of staff met.' },
  {
    word: 'Break-glass',
    meaning: 'In an emergency one concern is opened to one person for sixty minutes, by two others.',
  },
  { word: 'Exception', meaning: 'Findings that need not be shown, with a reason and a last day.' },
  {
    word: 'Shadow',
    meaning: 'An indicator that runs and is shown on its own page alone, and adds no points.',
  },
]
