package io.github.cloudmapgraph;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class PackageDirectionTest {
    private static final String ROOT = "io.github.cloudmapgraph.";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.cloudmapgraph");

    @Test
    void classes_whenImported_areReadWhole() {
        // A class file of a release that ArchUnit does not know would be left out, and every rule would hold.
        assertThat(OURS.get(ROOT + "message.SnapshotReader").getMethods()).isNotEmpty();
        assertThat(OURS.get(ROOT + "lease.ReadRequests").getMethods()).isNotEmpty();
    }

    @Test
    void packages_whenTheyKnowOthers_knowOnlyThese() {
        knowsOnly("snapshot");
        knowsOnly("json");
        knowsOnly("config");
        knowsOnly("aws");
        knowsOnly("failure");
        knowsOnly("check", "failure");
        knowsOnly("log", "failure", "json");
        knowsOnly("message", "snapshot");
        knowsOnly("lease", "snapshot");
        knowsOnly("snapstart", "failure", "log", "snapshot");
    }

    @Test
    void packages_whenTheyKnowOthers_makeNoCycle() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void nobody_whenInside_readsTheEnvironmentOrTheClock() {
        noClasses()
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

    /** Our own packages only: what of other libraries a package may use is the pom's affair. */
    private static void knowsOnly(String name, String... others) {
        String[] known = new String[others.length + 1];
        known[0] = ROOT + name;
        for (int i = 0; i < others.length; i++) {
            known[i + 1] = ROOT + others[i];
        }
        classes()
                .that()
                .resideInAPackage(ROOT + name)
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage("io.github.cloudmapgraph..").or(resideInAnyPackage(known)))
                .check(OURS);
    }
}
