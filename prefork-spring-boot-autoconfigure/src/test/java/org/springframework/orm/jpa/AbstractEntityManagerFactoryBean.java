package org.springframework.orm.jpa;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

import javax.sql.DataSource;

import jakarta.persistence.EntityManagerFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.FactoryBean;

/**
 * Stands for the class of Spring, which is known by its name. What it makes is a proxy,
 * as there.
 */
public class AbstractEntityManagerFactoryBean implements FactoryBean<EntityManagerFactory> {

	private final Map<String, Object> asked = new HashMap<>();

	private final Map<String, Object> effective = new HashMap<>();

	private final @Nullable DataSource dataSource;

	private final EntityManagerFactory factory;

	public AbstractEntityManagerFactoryBean(@Nullable DataSource dataSource) {
		this.dataSource = dataSource;
		this.factory = (EntityManagerFactory) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { EntityManagerFactory.class }, (proxy, method, args) -> this.effective);
	}

	public AbstractEntityManagerFactoryBean asked(String key, String value) {
		this.asked.put(key, value);
		return this;
	}

	public AbstractEntityManagerFactoryBean effective(String key, String value) {
		this.effective.put(key, value);
		return this;
	}

	public Map<String, Object> getJpaPropertyMap() {
		return this.asked;
	}

	public @Nullable DataSource getDataSource() {
		return this.dataSource;
	}

	@Override
	public EntityManagerFactory getObject() {
		return this.factory;
	}

	@Override
	public Class<?> getObjectType() {
		return EntityManagerFactory.class;
	}

}
