package dev.autosync.core.engine;

import dev.autosync.SyncEngine;
import dev.autosync.core.improve.BuiltInRules;
import dev.autosync.core.patch.PatchFormats;
import dev.autosync.core.report.ConsoleReporterFactory;
import dev.autosync.core.report.HtmlReporterFactory;
import dev.autosync.core.report.JsonReporterFactory;
import dev.autosync.core.report.MarkdownReporterFactory;
import dev.autosync.core.secrets.SecretReferences;
import dev.autosync.core.testing.CommandSuiteFactory;
import dev.autosync.core.testing.JUnitSuiteFactory;
import dev.autosync.spi.ConnectorFactory;
import dev.autosync.spi.ImprovementRule;
import dev.autosync.spi.PatchFormat;
import dev.autosync.spi.ReporterFactory;
import dev.autosync.spi.SecretsProviderFactory;
import dev.autosync.spi.StoreFactory;
import dev.autosync.spi.TestSuiteFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Where plugins are looked for: beside what AutoSync brings, in some class loaders.
 *
 * @param loaders the class loaders to ask, in their order
 */
record Discovery(List<ClassLoader> loaders) {

    /** The class loader of the API, then the context loader of the calling thread: one of the two may be isolated. */
    static Discovery standard() {
        List<ClassLoader> loaders = new ArrayList<>();
        ClassLoader api = SyncEngine.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        loaders.add(api == null ? ClassLoader.getSystemClassLoader() : api);
        if (context != null && context != api && hasThisApi(context)) {
            loaders.add(context);
        }
        return new Discovery(loaders);
    }

    /** A loader that knows no API, or another copy of it, has no plugin that could be used here. */
    private static boolean hasThisApi(ClassLoader loader) {
        try {
            return loader.loadClass(SyncEngine.class.getName()) == SyncEngine.class;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    static Discovery none() {
        return new Discovery(List.of());
    }

    static Discovery only(ClassLoader loader) {
        return new Discovery(List.of(loader));
    }

    Plugins<StoreFactory> stores() {
        return new Plugins<>("store", StoreFactory::name).discover(StoreFactory.class, loaders);
    }

    Plugins<ReporterFactory> reporters() {
        return new Plugins<>("reporter", ReporterFactory::name)
                .add(new ConsoleReporterFactory()).add(new MarkdownReporterFactory()).add(new JsonReporterFactory())
                .add(new HtmlReporterFactory())
                .discover(ReporterFactory.class, loaders);
    }

    Plugins<TestSuiteFactory> suites() {
        return new Plugins<>("test suite", TestSuiteFactory::name)
                .add(new CommandSuiteFactory()).add(new JUnitSuiteFactory())
                .discover(TestSuiteFactory.class, loaders);
    }

    Plugins<ConnectorFactory> connectors() {
        return new Plugins<>("connector", ConnectorFactory::name).discover(ConnectorFactory.class, loaders);
    }

    Plugins<SecretsProviderFactory> secrets() {
        Plugins<SecretsProviderFactory> providers = new Plugins<>("secrets provider", SecretsProviderFactory::name);
        SecretReferences.builtIn().forEach(providers::add);
        return providers.discover(SecretsProviderFactory.class, loaders);
    }

    /** The rules of the caller, the built-in ones and those of plugins. */
    Plugins<ImprovementRule> rules(List<ImprovementRule> own) {
        Plugins<ImprovementRule> rules = new Plugins<>("improvement rule", ImprovementRule::name);
        own.forEach(rules::add);
        BuiltInRules.all().forEach(rules::add);
        return rules.discover(ImprovementRule.class, loaders);
    }

    /** The formats of the caller, the built-in ones and those of plugins. */
    PatchFormats formats(List<PatchFormat> own) {
        Plugins<PatchFormat> formats = new Plugins<>("patch format", PatchFormat::name);
        own.forEach(formats::add);
        PatchFormats.builtIn().forEach(formats::add);
        return new PatchFormats(formats.discover(PatchFormat.class, loaders).all());
    }
}
