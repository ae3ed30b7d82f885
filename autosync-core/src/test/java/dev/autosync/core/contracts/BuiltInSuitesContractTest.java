package dev.autosync.core.contracts;

import dev.autosync.testing.TestSuite;
import dev.autosync.testkit.TestSuiteContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The built-in suites keep the contract that suites of plugins must keep. */
class BuiltInSuitesContractTest {

    @Nested
    class CommandWithReports extends TestSuiteContract {
        @Override
        protected TestSuite green(Path workspace) throws IOException {
            return suite(workspace, "", 0);
        }

        @Override
        protected TestSuite red(Path workspace) throws IOException {
            return suite(workspace, "<failure message=\"1 is not 2\"/>", 1);
        }

        @Override
        protected String failingTest() {
            return "org.example.SumTest#adds";
        }

        private TestSuite suite(Path workspace, String inside, int exit) throws IOException {
            Files.writeString(workspace.resolve("report"), "<testsuite><testcase classname=\"org.example.SumTest\" name=\"adds\" time=\"0.1\">"
                    + inside + "</testcase></testsuite>");
            return TestSuite.command("sh", "-c", "mkdir -p reports && cat report > reports/TEST-sum.xml; exit " + exit)
                    .junitReports("reports");
        }
    }

    @Nested
    class CommandAlone extends TestSuiteContract {
        @Override
        protected TestSuite green(Path workspace) {
            return TestSuite.command("sh", "-c", "exit 0");
        }

        @Override
        protected TestSuite red(Path workspace) {
            return TestSuite.command("sh", "-c", "exit 3");
        }

        @Override
        protected String failingTest() {
            return "none";
        }

        @Override
        protected boolean namesTests() {
            return false;
        }
    }

    @Nested
    class JUnitPlatform extends TestSuiteContract {
        @Override
        protected TestSuite green(Path workspace) throws IOException {
            return suite(workspace, "");
        }

        @Override
        protected TestSuite red(Path workspace) throws IOException {
            return suite(workspace, "throw new IllegalStateException(\"1 is not 2\");");
        }

        @Override
        protected String failingTest() {
            return "org.example.SumTest#adds";
        }

        private TestSuite suite(Path workspace, String body) throws IOException {
            Path source = Files.createDirectories(workspace.resolve("src/org/example")).resolve("SumTest.java");
            Files.writeString(source, """
                    package org.example;
                    class SumTest {
                        @org.junit.jupiter.api.Test
                        void adds() {
                            %s
                        }
                    }
                    """.formatted(body));
            return TestSuite.junitPlatform().compile(Path.of("src"), Path.of("classes"));
        }
    }

    @Nested
    class Checks extends TestSuiteContract {
        @Override
        protected TestSuite green(Path workspace) {
            return TestSuite.checks("sums").check("adds", context -> { }).fingerprint("1");
        }

        @Override
        protected TestSuite red(Path workspace) {
            return TestSuite.checks("sums").check("adds", context -> {
                throw new AssertionError("1 is not 2");
            });
        }

        @Override
        protected String failingTest() {
            return "sums#adds";
        }
    }

    @Nested
    class Combined extends TestSuiteContract {
        @Override
        protected TestSuite green(Path workspace) {
            return suite("exit 0");
        }

        @Override
        protected TestSuite red(Path workspace) {
            return suite("exit 3");
        }

        @Override
        protected String failingTest() {
            return "command";
        }

        private TestSuite suite(String script) {
            return TestSuite.all().suite("checks", TestSuite.checks("sums").check("adds", context -> { }).fingerprint("1"))
                    .suite("command", TestSuite.command("sh", "-c", script)).parallel(2);
        }
    }
}
