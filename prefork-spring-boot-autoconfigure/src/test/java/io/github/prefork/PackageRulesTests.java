package io.github.prefork;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.prefork.autoconfigure.planted.PlantedAutoConfiguration;
import io.github.prefork.child.planted.PlantedChild;
import io.github.prefork.master.planted.PlantedMaster;
import io.github.prefork.supervisor.planted.PlantedPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks {@link PackageRules} on the module's classes, and on planted faults.
 */
class PackageRulesTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.github.prefork");

	private static final JavaClasses PLANTED = new ClassFileImporter().importClasses(PlantedPolicy.class,
			PlantedMaster.class, PlantedChild.class, PlantedAutoConfiguration.class);

	@ParameterizedTest
	@MethodSource("io.github.prefork.PackageRules#all")
	void checkWhenModuleIsHeldTo(ArchRule rule) {
		assertThat(CLASSES).isNotEmpty();
		rule.check(CLASSES);
	}

	@Test
	void supervisorRuleWhenSpringIsImportedBites() {
		assertBites(PackageRules.supervisorImportsApiOnly(), "StringUtils");
	}

	@Test
	void supervisorRuleWhenClockIsReadBites() {
		assertBites(PackageRules.supervisorLeavesTimeAndProcessesToPorts(), "nanoTime", "sleep", "Clock", "Process");
	}

	@Test
	void masterRuleWhenChildIsImportedBites() {
		assertBites(PackageRules.masterImportsNeitherChildNorWiring(), "PlantedChild");
	}

	@Test
	void childRuleWhenMasterIsImportedBites() {
		assertBites(PackageRules.childImportsNeitherMasterNorWiring(), "PlantedMaster");
	}

	@Test
	void cycleRuleWhenPackagesImportEachOtherBites() {
		assertBites(PackageRules.packagesAreFreeOfCycles(), "PlantedMaster");
	}

	@Test
	void cycleRuleWhenSubPackagesImportEachOtherBites() {
		assertBites(PackageRules.packagesOfAModuleAreFreeOfCycles(), "PlantedMaster");
	}

	@Test
	void autoconfigureRuleWhenImportedBites() {
		assertBites(PackageRules.nobodyImportsAutoconfigure(), "PlantedAutoConfiguration");
	}

	@Test
	void autoConfigurationRuleWhenNotFinalBites() {
		assertBites(PackageRules.autoConfigurationClassesArePublicAndFinal(), "PlantedAutoConfiguration");
	}

	@Test
	void beanMethodRuleWhenPublicBites() {
		assertBites(PackageRules.beanMethodsArePackagePrivate(), "plantedBean");
	}

	@Test
	void injectionRuleWhenFieldIsInjectedBites() {
		assertBites(PackageRules.nothingIsInjectedIntoFields(), "plantedField");
	}

	private static void assertBites(ArchRule rule, String... found) {
		String report = rule.evaluate(PLANTED).getFailureReport().toString();
		assertThat(report).contains(found);
	}

}
