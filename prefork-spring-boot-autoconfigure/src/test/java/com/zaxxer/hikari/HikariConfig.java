package com.zaxxer.hikari;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Stands for the class of Hikari, which is known by its name. There, a subclass connects.
 */
public class HikariConfig extends DriverManagerDataSource {

}
