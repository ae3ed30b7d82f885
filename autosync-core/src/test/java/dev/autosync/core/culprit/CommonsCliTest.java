package dev.autosync.core.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * A release of a real library as one patch for each file: from commons-cli 1.9.0 to 1.10.0, in random order, one of them made bad. Every run
 * compiles, and tests what it has compiled.
 */
class CommonsCliTest {
    private static final String CULPRIT = "org/apache/commons/cli/OptionGroup.java";
    private static final int FILES = 36;

    private final Map<String, String> before = sources("1.9.0");
    private final Map<String, String> after = sources("1.10.0");
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final JavaFileManager platform = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);

    private static Map<String, String> sources(String version) {
        Map<String, String> sources = new TreeMap<>();
        String jar = "/commons-cli/commons-cli-" + version + "-sources.jar";
        try (InputStream in = CommonsCliTest.class.getResourceAsStream(jar); ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".java")) {
                    sources.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return sources;
    }

    @Test
    void blamesTheBadFileAndNoneOfThoseThatCannotBeCompiledAlone() {
        String good = after.get(CULPRIT);
        after.put(CULPRIT, good.replace("return required;", "return !required;"));
        assertThat(after.get(CULPRIT)).isNotEqualTo(good);
        List<String> patches = new ArrayList<>(after.keySet().stream().filter(file -> !after.get(file).equals(before.get(file))).toList());
        assertThat(patches).hasSize(FILES);
        Collections.shuffle(patches, new Random(1));

        Inquiry inquiry = new Inquiry(Needs.none(FILES), needs -> InquiryTest.byColour(needs, 1e-4), 0, 0.01, 120);
        int runs = 0;
        int broken = 0;
        for (Optional<Ask> ask = inquiry.next(); ask.isPresent(); ask = inquiry.next()) {
            Seen seen = run(ask.get().patches().stream().map(patches::get).toList());
            runs++;
            broken += seen.equals(Seen.red()) ? 1 : 0;
            inquiry.answer(ask.get(), seen);
        }

        assertThat(broken).isPositive();
        assertThat(inquiry.findings().convicted()).extracting(conviction -> patches.get(conviction.patch())).containsExactly(CULPRIT);
        assertThat(inquiry.findings().green()).hasSize(FILES - 1);
        assertThat(runs).isLessThan(FILES);
    }

    /** The control: such a patch is red by itself, so that a search one by one blames it. */
    @Test
    void oneOfItsFilesCannotBeCompiledAlone() {
        assertThat(run(List.of("org/apache/commons/cli/TypeHandler.java"))).isEqualTo(Seen.red());
    }

    private Seen run(List<String> patches) {
        Map<String, String> tree = new TreeMap<>(before);
        patches.forEach(file -> tree.put(file, after.get(file)));
        Classes classes = new Classes(platform);
        List<JavaFileObject> units = new ArrayList<>();
        tree.forEach((name, text) -> units.add(new Source(name, text)));
        List<String> options = List.of("-proc:none", "-nowarn", "-Xlint:none", "-classpath", "");
        boolean compiled = compiler.getTask(Writer.nullWriter(), classes, problem -> { }, options, null, units).call();
        if (!compiled) {
            return Seen.red();
        }
        try {
            Class<?> group = classes.loader().loadClass("org.apache.commons.cli.OptionGroup");
            boolean required = (boolean) group.getMethod("isRequired").invoke(group.getConstructor().newInstance());
            return required ? Seen.red(Set.of("isNotRequiredByItself"), Set.of()) : Seen.green();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("mem:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> compiled = new ConcurrentHashMap<>();

        Classes(JavaFileManager platform) {
            super(platform);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            compiled.put(className, bytes);
            return new SimpleJavaFileObject(URI.create("mem:///" + className.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }

        ClassLoader loader() {
            return new ClassLoader(ClassLoader.getPlatformClassLoader()) {
                @Override
                protected Class<?> findClass(String name) throws ClassNotFoundException {
                    ByteArrayOutputStream bytes = compiled.get(name);
                    if (bytes == null) {
                        throw new ClassNotFoundException(name);
                    }
                    return defineClass(name, bytes.toByteArray(), 0, bytes.size());
                }
            };
        }
    }
}
