package io.github.prefork.autoconfigure.survey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;

/**
 * Entity manager factories of JPA that change the schema of a database that the children
 * share. They are known by their names and asked for their properties, since JPA need not
 * be there.
 */
final class SchemaGeneration implements Finder {

	/**
	 * The name of the class without which there is nothing to find.
	 */
	static final String FACTORY = "jakarta.persistence.EntityManagerFactory";

	/** What these are to make has been made when they are there. */
	private static final List<String> FACTORY_BEANS = List.of(
			"org.springframework.orm.jpa.AbstractEntityManagerFactoryBean",
			"org.springframework.orm.jpa.hibernate.LocalSessionFactoryBean");

	private static final String HIBERNATE = "hibernate.hbm2ddl.auto";

	/** The first one that is set counts. */
	private static final List<String> KEYS = List.of("jakarta.persistence.schema-generation.database.action",
			"javax.persistence.schema-generation.database.action", HIBERNATE);

	private static final Set<String> HARMLESS = Set.of("", "none", "validate");

	private static final Set<String> DROPPING = Set.of("drop", "drop-and-create", "create-drop");

	private static final String EMPTYING = "truncate";

	private static final String INSTEAD = ". Let a migration make the schema, and set spring.jpa.hibernate.ddl-auto=validate";

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		List<String> lines = new ArrayList<>();
		beans.ofType(Object.class).forEach((name, bean) -> {
			if (isFactory(bean) && !beans.isMadeForFleet(name)) {
				String line = line(name, bean);
				if (line != null) {
					lines.add(line);
				}
			}
		});
		return lines;
	}

	private static boolean isFactory(Object bean) {
		return isMade(bean) || ExistingBeans.inherits(AopUtils.getTargetClass(bean), FACTORY);
	}

	private static boolean isMade(Object bean) {
		return FACTORY_BEANS.stream().anyMatch((each) -> ExistingBeans.inherits(bean.getClass(), each));
	}

	private static @Nullable String line(String name, Object bean) {
		Map<Object, Object> properties = properties(bean);
		String key = KEYS.stream().filter((each) -> properties.get(each) != null).findFirst().orElse("");
		String action = String.valueOf(properties.getOrDefault(key, "")).trim();
		if (HARMLESS.contains(action) || isForMemory(bean, properties)) {
			return null;
		}
		return what(key, action).formatted(name, action) + INSTEAD;
	}

	private static String what(String key, String action) {
		if (action.equals(EMPTYING)) {
			return "schema generation that EMPTIES TABLES: %s (%s). Each child that starts, and each replacement, deletes all rows, under the children that serve";
		}
		// Hibernate's own create drops what is there, and that of JPA does not
		if (DROPPING.contains(action) || (key.equals(HIBERNATE) && action.equals("create"))) {
			return "schema generation that DROPS TABLES: %s (%s). Each child that starts, and each replacement, deletes them with all data, under the children that serve";
		}
		return "schema generation: %s (%s). Each child that starts changes the tables that the others use";
	}

	private static Map<Object, Object> properties(Object bean) {
		Map<Object, Object> properties = new HashMap<>();
		if (Getters.get(bean, "getJpaPropertyMap") instanceof Map<?, ?> asked) {
			properties.putAll(asked);
		}
		Object factory = isMade(bean) ? Getters.get(bean, "getObject") : bean;
		if (factory != null && Getters.get(factory, "getProperties") instanceof Map<?, ?> effective) {
			properties.putAll(effective);
		}
		return properties;
	}

	private static boolean isForMemory(Object bean, Map<Object, Object> properties) {
		return Stream.concat(Stream.ofNullable(Getters.get(bean, "getDataSource")), properties.values().stream())
			.anyMatch((each) -> (each instanceof DataSource dataSource && MemoryDatabases.include(dataSource))
					|| (each instanceof String url && MemoryDatabases.isIn(url)));
	}

}
