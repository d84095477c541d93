package io.github.prefork.autoconfigure.survey;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.scheduling.config.ScheduledTaskHolder;

/**
 * Methods with {@code @Scheduled} and other tasks of Spring's scheduler.
 */
final class ScheduledMethods implements Finder {

	// Of a class, or of a lambda expression in it
	private static final Pattern OBJECT = Pattern.compile("(.+?)(\\$\\$Lambda.*)?@\\p{XDigit}+");

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		Set<String> names = new TreeSet<>();
		for (ScheduledTaskHolder holder : beans.ofType(ScheduledTaskHolder.class).values()) {
			holder.getScheduledTasks().forEach((task) -> names.add(task.toString()));
		}
		List<String> tasks = names.stream()
			.filter((name) -> !beans.areMadeForFleet(classOf(name)))
			.map(ScheduledMethods::shortName)
			.distinct()
			.toList();
		return tasks.isEmpty() ? List.of() : List.of("scheduled methods: " + String.join(", ", tasks)
				+ ". Let one child do the work, if (prefork.isLeader()), or the master");
	}

	// A method is given as class name and method name, other things as objects are
	private static String classOf(String name) {
		Matcher object = OBJECT.matcher(name);
		int dot = name.lastIndexOf('.');
		return object.matches() ? object.group(1) : name.substring(0, Math.max(dot, 0));
	}

	private static String shortName(String name) {
		String type = classOf(name);
		String shown = OBJECT.matcher(name).matches() ? type : name;
		return shown.substring(type.lastIndexOf('.') + 1);
	}

}
