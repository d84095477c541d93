-- Who did what, for people and tests
create table journal (
	id bigint generated always as identity primary key,
	entry varchar(40) not null,
	run varchar(40) not null,
	pid bigint not null,
	slot int not null,
	written timestamp(6) with time zone default current_timestamp not null
);

create table claim (
	job varchar(40) not null,
	run varchar(40) not null,
	primary key (job, run)
);
