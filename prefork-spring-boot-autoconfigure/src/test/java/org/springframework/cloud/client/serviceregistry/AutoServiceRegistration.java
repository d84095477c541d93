package org.springframework.cloud.client.serviceregistry;

/**
 * Stands for the interface of Spring Cloud, which is known by its name.
 */
public interface AutoServiceRegistration {

}
