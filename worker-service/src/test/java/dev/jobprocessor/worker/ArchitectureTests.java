package dev.jobprocessor.worker;

import java.time.Clock;
import java.time.Instant;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

class ArchitectureTests {

    private static final String ROOT = "dev.jobprocessor.worker";

    private static final JavaClasses SERVICE = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(ROOT);

    @Test
    void dependsOneWay() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("jobs")
            .definedBy(ROOT + ".jobs..")
            .layer("processing")
            .definedBy(ROOT + ".processing..")
            .layer("callback")
            .definedBy(ROOT + ".callback..")
            .layer("broker")
            .definedBy(ROOT + ".broker..")
            .layer("http")
            .definedBy(ROOT + ".http..")
            .whereLayer("jobs")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("processing")
            .mayOnlyBeAccessedByLayers("jobs")
            .whereLayer("callback")
            .mayOnlyBeAccessedByLayers("jobs", "processing")
            .whereLayer("broker")
            .mayOnlyBeAccessedByLayers("jobs", "callback")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("callback", "processing")
            .because("jobs are what this service is for, and the broker is how they come")
            .check(SERVICE);
    }

    @Test
    void hasNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(SERVICE);
    }

    @Test
    void keepsTheBrokersClientInOnePackage() {
        noClasses().that()
            .resideOutsideOfPackage(ROOT + ".broker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.rabbitmq..", "org.springframework.amqp.rabbit..")
            .because("a handler of messages is tested without a broker")
            .check(SERVICE);
    }

    @Test
    void keepsJobsFreeOfHttp() {
        noClasses().that()
            .resideInAnyPackage(ROOT + ".jobs..", ROOT + ".broker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.http..", "org.springframework.web..", "org.apache.hc..")
            .because("callback and processing are the packages that make calls")
            .check(SERVICE);
    }

    @Test
    void measuresWaitsByMonotonicTime() {
        noClasses().that()
            .resideInAPackage(ROOT + ".callback..")
            .or()
            .haveSimpleName("ProviderGate")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .because("a clock that is corrected must not lengthen or end a wait")
            .check(SERVICE);
    }

    @Test
    void publishesOnlyWhatAnotherPackageNeeds() {
        classes().that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("WorkerServiceApplication")
            .should()
            .bePackagePrivate()
            .orShould(be(usedInAnotherPackage()))
            .check(SERVICE);
    }

    @Test
    void namesPackagesAfterFeaturesAndClassesAfterRoles() {
        noClasses().should()
            .resideInAnyPackage("..controller..", "..service..", "..repository..", "..dto..", "..config..", "..util..",
                    "..common..", "..helper..", "..impl..")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .check(SERVICE);
    }

    private static DescribedPredicate<JavaClass> usedInAnotherPackage() {
        return DescribedPredicate.describe("used in another package",
                (type) -> type.getDirectDependenciesToSelf()
                    .stream()
                    .map(Dependency::getOriginClass)
                    .anyMatch((origin) -> !origin.getPackageName().equals(type.getPackageName())));
    }

}
