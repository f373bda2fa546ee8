-- Squares of about 110 m in which so many members of staff stop that a stop there says nothing: a lay-by, a kiosk, a place to write up.
select square_lat, square_lon, arraySort(groupArray(first_on))[{stopping_staff:UInt32}] as from_on
from (
  select toInt32(floor(lat / 0.001)) as square_lat, toInt32(floor(lon / 0.0016)) as square_lon, staff_id, min(known_on) as first_on
  from upstander.untasked_stays
  group by square_lat, square_lon, staff_id
)
group by square_lat, square_lon
having count() >= {stopping_staff:UInt32}
