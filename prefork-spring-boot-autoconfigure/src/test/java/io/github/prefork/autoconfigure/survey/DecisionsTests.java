package io.github.prefork.autoconfigure.survey;

import java.util.List;
import java.util.function.Consumer;

import com.example.app.ExampleDecisions;
import com.example.app.ExampleDecisions.Dependents;
import com.example.app.ExampleDecisions.EachBean;
import com.example.app.ExampleDecisions.Everything;
import com.example.app.ExampleDecisions.OneOfTwo;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import io.github.prefork.actuate.StubFleet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.scheduling.annotation.EnableScheduling;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link FleetSurvey} leaves out, since it is meant to happen in each
 * child.
 */
class DecisionsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withBean("prefork", Prefork.class,
			() -> new StubFleet(PreforkRole.CHILD));

	@ParameterizedTest
	@ValueSource(classes = { Everything.class, EachBean.class })
	void lookWhenBeansNameTheRoleOfAChildListsNone(Class<?> application) {
		look(application, (lines) -> assertThat(lines).isEmpty());
	}

	@Test
	void lookWhenOneOfTwoBeansNamesTheRoleOfAChildListsTheMethod() {
		look(OneOfTwo.class,
				(lines) -> assertThat(lines).singleElement()
					.asString()
					.startsWith("scheduled methods: ExampleWork$Purge.everyHour. "));
	}

	@Test
	void lookWhenATaskIsNoMethodOfABeanNamesTheClassThatHasIt() {
		look(Unsaid.class,
				(lines) -> assertThat(lines).singleElement()
					.asString()
					.startsWith("scheduled methods: ExampleDecisions$Tasks. "));
	}

	@Test
	void lookWhenABeanOfTheFleetDependsOnARunnerListsTheRunner() {
		look(Dependents.class,
				(lines) -> assertThat(lines).element(0).asString().startsWith("runners").contains(": importer. "));
	}

	@Test
	void lookWhenABeanThatOnlyNamesItsRolesDependsOnAComponentListsTheComponent() {
		look(Dependents.class,
				(lines) -> assertThat(lines).last()
					.asString()
					.startsWith("components that run by themselves: poller. "));
	}

	private void look(Class<?> application, Consumer<List<String>> assertions) {
		this.runner.withUserConfiguration(application).run(Survey.look(assertions));
	}

	/**
	 * Says nothing of its task.
	 */
	@EnableScheduling
	private static final class Unsaid extends ExampleDecisions.Tasks {

	}

}
