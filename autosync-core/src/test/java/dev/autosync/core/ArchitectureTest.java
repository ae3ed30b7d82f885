package dev.autosync.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The floors of the house: a package imports only from the floors below it, and from the API. */
class ArchitectureTest {
    private static final String CORE = "dev.autosync.core.";

    private final JavaClasses classes = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void importsOnlyDownwards() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("7 engine").definedBy(CORE + "engine")
                .layer("6 trend, improve, report and connectors").definedBy(CORE + "trend", CORE + "improve", CORE + "report", CORE + "connectors")
                .layer("5 gate").definedBy(CORE + "gate")
                .layer("4 patch and testing").definedBy(CORE + "patch", CORE + "testing")
                .layer("4 culprit and experience").definedBy(CORE + "culprit", CORE + "experience")
                .layer("3 snapshot and journal").definedBy(CORE + "snapshot", CORE + "journal")
                .layer("2 lock and exec").definedBy(CORE + "lock", CORE + "exec")
                .layer("1 git, io, json, text and secrets").definedBy(CORE + "git", CORE + "io", CORE + "json", CORE + "text", CORE + "secrets")
                .whereLayer("7 engine").mayNotBeAccessedByAnyLayer()
                .whereLayer("6 trend, improve, report and connectors").mayOnlyBeAccessedByLayers("7 engine")
                .whereLayer("5 gate").mayOnlyBeAccessedByLayers("7 engine")
                .whereLayer("4 patch and testing").mayOnlyBeAccessedByLayers("5 gate", "7 engine")
                .whereLayer("4 culprit and experience").mayOnlyBeAccessedByLayers("5 gate", "6 trend, improve, report and connectors", "7 engine")
                .whereLayer("3 snapshot and journal").mayOnlyBeAccessedByLayers("4 patch and testing", "5 gate", "7 engine")
                .whereLayer("2 lock and exec").mayOnlyBeAccessedByLayers("3 snapshot and journal", "4 patch and testing", "5 gate",
                        "7 engine")
                .check(classes);
    }

    @Test
    void readersOfTheHistoryKnowNothingOfEachOther() {
        for (String one : List.of("trend", "improve", "report", "connectors")) {
            for (String other : List.of("trend", "improve", "report", "connectors")) {
                if (!one.equals(other)) {
                    noClasses().that().resideInAPackage(CORE + one).should().dependOnClassesThat().resideInAPackage(CORE + other)
                            .check(classes);
                }
            }
        }
    }

    @Test
    void hasNoCircleBetweenPackages() {
        slices().matching(CORE + "(*)..").should().beFreeOfCycles().check(classes);
    }
}
