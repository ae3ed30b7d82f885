import org.jspecify.annotations.NullMarked;

/** The engine. Exports nothing: callers use {@code dev.autosync}, which finds it by ServiceLoader. */
@NullMarked
module dev.autosync.core {
    requires dev.autosync;
    requires jdk.jfr;
    requires java.compiler;
    requires java.xml;
    requires org.slf4j;
    requires tools.jackson.core;
    requires static org.jspecify;
    requires static org.junit.platform.launcher;

    uses dev.autosync.spi.ConnectorFactory;
    uses dev.autosync.spi.ImprovementRule;
    uses dev.autosync.spi.PatchFormat;
    uses dev.autosync.spi.ReporterFactory;
    uses dev.autosync.spi.SecretsProviderFactory;
    uses dev.autosync.spi.StoreFactory;
    uses dev.autosync.spi.TestSuiteFactory;

    provides dev.autosync.spi.CoreProvider with dev.autosync.core.engine.CoreFactories;
}
