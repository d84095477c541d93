package io.github.prefork.autoconfigure.survey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.springframework.aop.support.AopUtils;

/**
 * Pools of R2DBC connections, which are known by their name, and say how large they may
 * become.
 */
final class ReactivePools implements Finder {

	private static final String POOL = "io.r2dbc.pool.ConnectionPool";

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		List<String> lines = new ArrayList<>();
		beans.ofType(Object.class).forEach((name, bean) -> {
			if (ExistingBeans.inherits(AopUtils.getTargetClass(bean), POOL)
					&& Getters.get(bean, "getMetrics") instanceof Optional<?> metrics && metrics.isPresent()
					&& Getters.get(metrics.get(), "getMaxAllocatedSize") instanceof Integer max) {
				lines.add(ConnectionPools.line(name, max, children, "spring.r2dbc.pool.max-size"));
			}
		});
		return lines;
	}

	@Override
	public boolean isInformation() {
		return true;
	}

}
