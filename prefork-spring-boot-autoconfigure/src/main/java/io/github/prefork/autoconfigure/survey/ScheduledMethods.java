package io.github.prefork.autoconfigure.survey;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.aop.support.AopUtils;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/**
 * Methods with {@code @Scheduled} and other tasks of Spring's scheduler.
 */
final class ScheduledMethods implements Finder {

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		Set<String> names = new TreeSet<>();
		for (ScheduledTaskHolder holder : beans.ofType(ScheduledTaskHolder.class).values()) {
			holder.getScheduledTasks().forEach((task) -> names.add(task.toString()));
		}
		Set<String> aware = awareClasses(beans, names);
		List<String> tasks = names.stream()
			.filter((name) -> !aware.contains(classOf(name)))
			.map(ScheduledMethods::shortName)
			.toList();
		return tasks.isEmpty() ? List.of() : List.of("scheduled methods: " + String.join(", ", tasks)
				+ ". Let one child do the work, if (prefork.isLeader()), or the master");
	}

	private static Set<String> awareClasses(ExistingBeans beans, Set<String> names) {
		Set<String> aware = new TreeSet<>();
		Set<String> classes = new TreeSet<>();
		names.forEach((name) -> classes.add(classOf(name)));
		beans.ofType(Object.class).values().forEach((bean) -> {
			Class<?> type = AopUtils.getTargetClass(bean);
			if (classes.contains(type.getName()) && beans.knowsTheFleet(type)) {
				aware.add(type.getName());
			}
		});
		return aware;
	}

	// A method is given as class name and method name
	private static String classOf(String name) {
		int dot = name.lastIndexOf('.');
		return (dot < 0) ? name : name.substring(0, dot);
	}

	private static String shortName(String name) {
		int start = classOf(name).lastIndexOf('.') + 1;
		return name.substring(start);
	}

}
