create index countries_geom_idx on countries using gist (geom);
create index land_geom_idx on land using gist (geom);
alter table cities add primary key (id);
create index cities_geom_idx on cities using gist (geom);
create index cities_population_idx on cities (population desc);
