-- Complaints that each tenth of the staff complained about draws, fewest first, and the middle count within it.
-- Staff without a complaint are not counted: the source lists none.
select tenth, sum(drawn) as complaints, quantileExact(0.5)(drawn) as middle
from (
  select count() as drawn, ntile(10) over (order by count(), staff_id rows between unbounded preceding and unbounded following) as tenth
  from upstander.complaints
  group by staff_id
)
group by tenth
order by tenth
