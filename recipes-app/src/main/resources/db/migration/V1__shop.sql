create table visit (
	id bigint generated always as identity primary key,
	pid bigint not null
);

create table price (
	article varchar(40) primary key,
	cents int not null
);

insert into price (article, cents) values ('tea', 250), ('coffee', 310);
