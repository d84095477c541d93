package io.github.prefork.autoconfigure.survey;

import java.util.ArrayList;
import java.util.List;

import io.github.prefork.autoconfigure.lazy.Infrastructure;

import org.springframework.aop.support.AopUtils;

/**
 * Components that run by themselves since the start: {@code Lifecycle} beans of the
 * application and of libraries, and Quartz.
 */
final class SelfStarters implements Finder {

	private static final String QUARTZ = "org.springframework.scheduling.quartz.SchedulerFactoryBean";

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		List<String> names = new ArrayList<>();
		List<String> lines = new ArrayList<>();
		beans.unsteered().forEach((name, bean) -> {
			String type = AopUtils.getTargetClass(bean).getName();
			if (!bean.isRunning() || MessageListeners.areStartedBy(bean)) {
				return;
			}
			if (type.equals(QUARTZ)) {
				lines.add("a Quartz scheduler. Have its jobs in a database that all share, and cluster it");
			}
			else if (!Infrastructure.contains(AopUtils.getTargetClass(bean))) {
				names.add(name);
			}
		});
		if (!names.isEmpty()) {
			lines.add("components that run by themselves: " + String.join(", ", names)
					+ ". Where only one may run, start it with LeaderChanged");
		}
		return lines;
	}

}
