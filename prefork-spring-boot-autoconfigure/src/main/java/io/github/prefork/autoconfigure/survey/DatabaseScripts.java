package io.github.prefork.autoconfigure.survey;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.springframework.boot.sql.init.AbstractScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Scripts such as {@code schema.sql} and {@code data.sql} that run against a database
 * that the children share. With the mode {@code embedded} there is nothing to say: they
 * run only against a database in memory, and that needs them in each child.
 *
 * @param resources finds the scripts
 */
record DatabaseScripts(ResourcePatternResolver resources) implements Finder {

	private static final String OPTIONAL = "optional:";

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		List<String> found = new ArrayList<>();
		beans.unawareOfType(AbstractScriptDatabaseInitializer.class).forEach((name, initializer) -> {
			List<String> scripts = scripts(initializer);
			if (!scripts.isEmpty()) {
				found.add(name + " (" + String.join(", ", scripts) + ")");
			}
		});
		return found.isEmpty() ? List.of() : List.of("scripts of a database, which a replacement runs again: "
				+ String.join(", ", found) + ". Use a migration, or write them so that they bear it");
	}

	private List<String> scripts(AbstractScriptDatabaseInitializer initializer) {
		if (!(Getters.get(initializer, "getSettings") instanceof DatabaseInitializationSettings settings)
				|| settings.getMode() != DatabaseInitializationMode.ALWAYS || isForMemory(initializer)) {
			return List.of();
		}
		return Stream.of(settings.getSchemaLocations(), settings.getDataLocations())
			.filter(Objects::nonNull)
			.flatMap(List::stream)
			.flatMap(this::existing)
			.toList();
	}

	private Stream<String> existing(String location) {
		String pattern = location.startsWith(OPTIONAL) ? location.substring(OPTIONAL.length()) : location;
		try {
			return Arrays.stream(this.resources.getResources(pattern))
				.filter(Resource::isReadable)
				.map(Resource::getFilename)
				.filter(Objects::nonNull);
		}
		catch (IOException ex) {
			// There is no such directory
			return Stream.empty();
		}
	}

	// The one for JDBC would connect to tell, and the one for R2DBC need not
	private static boolean isForMemory(AbstractScriptDatabaseInitializer initializer) {
		if (Getters.get(initializer, "getDataSource") instanceof DataSource dataSource) {
			return MemoryDatabases.include(dataSource);
		}
		// It throws where it can't tell
		return Boolean.TRUE.equals(Getters.get(initializer, "isEmbeddedDatabase"));
	}

}
