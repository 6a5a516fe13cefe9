package io.github.cloudmapgraph.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Stands here because this module sees all others. */
class ModuleDirectionTest {
    private static final String PRODUCER = "io.github.cloudmapgraph.producer..";
    private static final String CONSUMER = "io.github.cloudmapgraph.consumer..";
    private static final String LOCAL = "io.github.cloudmapgraph.local..";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.cloudmapgraph");

    @Test
    void classes_whenImported_areThoseOfTheOtherModulesToo() {
        assertThat(OURS.contain("io.github.cloudmapgraph.message.SnapshotReader"))
                .isTrue();
        assertThat(OURS.stream().map(c -> c.getPackageName())).anyMatch(name -> name.contains(".consumer"));
    }

    @Test
    void nobodyButTheLocalRun_whenOutsideTheConsumer_knowsIt() {
        noClasses()
                .that()
                .resideOutsideOfPackages(CONSUMER, LOCAL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CONSUMER)
                .check(OURS);
    }

    @Test
    void nobodyButTheLocalRun_whenOutsideTheProducer_knowsIt() {
        noClasses()
                .that()
                .resideOutsideOfPackages(PRODUCER, LOCAL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(PRODUCER)
                .check(OURS);
    }

    @Test
    void nobody_whenOutsideTheLocalRun_knowsIt() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LOCAL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LOCAL)
                .check(OURS);
    }

    @Test
    void nobodyButTheHandlers_whenDeployed_readsTheEnvironmentOrTheClock() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LOCAL)
                .and()
                .haveSimpleNameNotEndingWith("Handler")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .because("environment and clock come in from the edge as values")
                .check(OURS);
    }
}
