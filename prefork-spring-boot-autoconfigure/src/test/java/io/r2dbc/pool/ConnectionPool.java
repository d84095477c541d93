package io.r2dbc.pool;

/**
 * Stands for the class of R2DBC, which is known by its name.
 */
public class ConnectionPool {

}
