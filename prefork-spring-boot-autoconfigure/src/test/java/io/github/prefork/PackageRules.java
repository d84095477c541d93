package io.github.prefork;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Who may import whom.
 */
final class PackageRules {

	private static final String API = "io.github.prefork";

	private static final String SUPERVISOR = API + ".supervisor..";

	private static final String CHANNEL = API + ".channel..";

	private static final String PROCESS = API + ".process..";

	private static final String MASTER = API + ".master..";

	private static final String CHILD = API + ".child..";

	private static final String ACTUATE = API + ".actuate..";

	private static final String AUTOCONFIGURE = API + ".autoconfigure..";

	private static final String LAZY = API + ".autoconfigure.lazy..";

	private static final String JDK = "java..";

	private static final String JSPECIFY = "org.jspecify..";

	private PackageRules() {
	}

	static ArchRule apiImportsSpringContextOnly() {
		return only(API, JDK, JSPECIFY, "org.springframework.context..", "org.springframework.core..");
	}

	static ArchRule supervisorImportsApiOnly() {
		return only(SUPERVISOR, JDK, JSPECIFY, API);
	}

	static ArchRule supervisorLeavesTimeAndProcessesToPorts() {
		return ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(SUPERVISOR)
			.should()
			.accessTargetWhere(processOrTime())
			.orShould()
			.dependOnClassesThat()
			.belongToAnyOf(Process.class, ProcessBuilder.class, ProcessHandle.class, Runtime.class, Clock.class)
			.because("time and processes are ports, so that a simulation can replace them")
			.allowEmptyShould(true);
	}

	private static DescribedPredicate<JavaAccess<?>> processOrTime() {
		return calls(System.class, "nanoTime|currentTimeMillis").or(calls(Thread.class, "sleep"))
			.or(calls(Instant.class, "now"))
			.or(calls(TimeUnit.class, "sleep"))
			.or(calls(LockSupport.class, "park.*"))
			.as("the clock or sleep");
	}

	private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String method) {
		return JavaAccess.Predicates.target(HasOwner.Predicates.With.owner(JavaClass.Predicates.equivalentTo(owner)))
			.and(JavaAccess.Predicates.target(HasName.Predicates.nameMatching(method)));
	}

	static ArchRule channelImportsTheApiAndNettyOnly() {
		return only(CHANNEL, JDK, JSPECIFY, API, "io.netty..", "org.apache.commons.logging..");
	}

	static ArchRule processImportsTheJdkAndLoggingOnly() {
		return only(PROCESS, JDK, "javax.management..", JSPECIFY, PROCESS, "org.apache.commons.logging..");
	}

	static ArchRule masterImportsNeitherChildNorWiring() {
		return none(MASTER, CHILD, ACTUATE, AUTOCONFIGURE);
	}

	static ArchRule childImportsNeitherMasterNorWiring() {
		return none(CHILD, MASTER, SUPERVISOR, ACTUATE, AUTOCONFIGURE);
	}

	static ArchRule actuateImportsTheApiOnly() {
		return none(ACTUATE, SUPERVISOR, CHANNEL, PROCESS, MASTER, CHILD, AUTOCONFIGURE);
	}

	static ArchRule nobodyImportsAutoconfigure() {
		return ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(AUTOCONFIGURE)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(AUTOCONFIGURE)
			.allowEmptyShould(true);
	}

	static ArchRule lazyImportsTheApiOnly() {
		return ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(LAZY)
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage(API + "..")
				.and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(API)))
				.and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(LAZY))))
			.allowEmptyShould(true);
	}

	static ArchRule packagesAreFreeOfCycles() {
		return SlicesRuleDefinition.slices().matching(API + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
	}

	static ArchRule packagesOfAModuleAreFreeOfCycles() {
		return SlicesRuleDefinition.slices()
			.matching("io.github.(**)")
			.should()
			.beFreeOfCycles()
			.allowEmptyShould(true);
	}

	static ArchRule autoConfigurationClassesArePublicAndFinal() {
		return ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.allowEmptyShould(true);
	}

	static ArchRule beanMethodsArePackagePrivate() {
		return ArchRuleDefinition.methods()
			.that()
			.areAnnotatedWith(Bean.class)
			.should()
			.bePackagePrivate()
			.allowEmptyShould(true);
	}

	static ArchRule nothingIsInjectedIntoFields() {
		return ArchRuleDefinition.fields()
			.should()
			.notBeAnnotatedWith(Autowired.class)
			.andShould()
			.notBeAnnotatedWith(Value.class)
			.andShould()
			.notBeAnnotatedWith("jakarta.inject.Inject")
			.andShould()
			.notBeAnnotatedWith("jakarta.annotation.Resource")
			.because("dependencies are constructor parameters")
			.allowEmptyShould(true);
	}

	static List<ArchRule> all() {
		return Stream
			.of(apiImportsSpringContextOnly(), supervisorImportsApiOnly(), supervisorLeavesTimeAndProcessesToPorts(),
					channelImportsTheApiAndNettyOnly(), processImportsTheJdkAndLoggingOnly(),
					masterImportsNeitherChildNorWiring(), childImportsNeitherMasterNorWiring(),
					actuateImportsTheApiOnly(), nobodyImportsAutoconfigure(), lazyImportsTheApiOnly(),
					packagesAreFreeOfCycles(), packagesOfAModuleAreFreeOfCycles(),
					autoConfigurationClassesArePublicAndFinal(), beanMethodsArePackagePrivate(),
					nothingIsInjectedIntoFields())
			.toList();
	}

	private static ArchRule only(String who, String... whom) {
		String[] allowed = Stream.concat(Stream.of(who), Stream.of(whom)).toArray(String[]::new);
		ClassesShouldConjunction rule = ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(who)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(allowed);
		return rule.allowEmptyShould(true);
	}

	private static ArchRule none(String who, String... whom) {
		return ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(who)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(whom)
			.allowEmptyShould(true);
	}

}
