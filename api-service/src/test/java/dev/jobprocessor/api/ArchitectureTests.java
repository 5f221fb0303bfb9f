package dev.jobprocessor.api;

import java.time.Clock;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

class ArchitectureTests {

    /**
     * The domain, and what every feature needs of the database and of an orderly
     * shutdown; calls that wait for a job, whichever they are; and which jobs are asked
     * for.
     */
    private static final String[] SHARED = { "..api.jobs", "..api.database", "..api.shutdown", "..api.waits",
            "..api.filters" };

    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("dev.jobprocessor.api");

    @Test
    void domainDependsOnNoOtherFeature() {
        noClasses().that()
            .resideInAPackage("..api.jobs")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..api.submission", "..api.listing", "..api.dispatch", "..api.callback", "..api.live",
                    "..api.stats", "..api.queues", "..api.workers", "..api.access", "..api.http", "..api.tracing",
                    "..api.ui", "..api.waits", "..api.filters")
            .because("every feature points to the domain, which must not point back")
            .check(CLASSES);
    }

    @Test
    void measuresWaitsByMonotonicTime() {
        noClasses().that()
            .haveSimpleName("BrokerAlarm")
            .or()
            .haveSimpleName("ThreadsHealthIndicator")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .because("a clock that is corrected must not lengthen or end a wait")
            .check(CLASSES);
    }

    @Test
    void featuresKnowOnlyTheDomain() {
        slices().matching("dev.jobprocessor.api.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAnyPackage(SHARED))
            .because("a feature is understood by reading it and the domain")
            .check(CLASSES);
    }

    @Test
    void databaseAndShutdownKnowNoJobs() {
        noClasses().that()
            .resideInAnyPackage("..api.database", "..api.shutdown")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("..api..").and(not(resideInAnyPackage("..api.database", "..api.shutdown"))))
            .because("what is below the domain must not point up")
            .check(CLASSES);
    }

    @Test
    void domainKnowsNoHttp() {
        noClasses().that()
            .resideInAPackage("..api.jobs")
            .and()
            .doNotHaveSimpleName("JobController")
            .and()
            .doNotHaveSimpleName("JobProblems")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.http..", "org.springframework.web..", "jakarta.servlet..")
            .because("queue listeners use the domain as well; its errors become problems beside the controllers")
            .check(CLASSES);
    }

    @Test
    void onlyDispatchAndLiveKnowTheBroker() {
        noClasses().that()
            .resideOutsideOfPackages("..api.dispatch", "..api.live")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.amqp..", "com.rabbitmq..")
            .because("jobs are accepted, listed and completed without the broker")
            .check(CLASSES);
    }

    @Test
    void packagesAreFeatures() {
        noClasses().should()
            .resideInAnyPackage("..util..", "..helper..", "..impl..", "..dto..", "..service..", "..config..",
                    "..common..", "..controller..", "..repository..")
            .because("a package is a feature, not a layer")
            .check(CLASSES);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses().should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
            .because("such a name says that the role was not found yet")
            .check(CLASSES);
    }

    @Test
    void onlyWhatFeaturesShareIsPublic() {
        classes().that()
            .arePublic()
            .should()
            .resideInAnyPackage(SHARED)
            .orShould()
            .resideInAPackage("dev.jobprocessor.api")
            .because("what no other package needs is nobody's to depend on")
            .check(CLASSES);
    }

    @Test
    void stateIsNotShared() {
        fields().that().areStatic().should().beFinal().because("tests and instances must not meet").check(CLASSES);
    }

}
