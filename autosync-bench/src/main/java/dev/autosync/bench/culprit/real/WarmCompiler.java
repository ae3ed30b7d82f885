package dev.autosync.bench.culprit.real;

import com.sun.source.util.JavacTask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles trees of Java sources again and again, each time only the files that it must.
 *
 * <p>What a file compiles to depends on its own text and on the declarations that it sees ({@link Outline}): those of the files that declare a type it names,
 * of those that declare a type named in these declarations, and so on. While all that is the same, so are its classes. A file that does not compile is never
 * remembered. Not safe to share between threads.
 */
final class WarmCompiler {
    private static final int MOST_REMEMBERED = 20_000;
    private static final List<String> OPTIONS = List.of("-proc:none", "-nowarn", "-implicit:none");

    private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager platform = javac.getStandardFileManager(null, null, null);
    private final Map<Source, Outline> outlines = new Remembered<>();
    private final Map<Input, List<Binary>> compiled = new Remembered<>();

    /** A file's text. */
    private record Source(String path, String text) {}

    /** All that a file's classes depend on. */
    private record Input(Source source, List<String> seen) {}

    /** A class by its binary name, and the source that it came from. */
    private record Binary(String name, String path, byte[] bytes) {}

    /**
     * The classes of a tree, by path of their source and by binary name.
     *
     * @param classes none if there is an error
     * @param error the first error; empty if there is none
     */
    record Result(SortedMap<String, SortedMap<String, byte[]>> classes, String error) {}

    /** Compiles texts by their paths. */
    Result compile(SortedMap<String, String> texts) {
        List<Source> sources = texts.entrySet().stream().map(file -> new Source(file.getKey(), file.getValue())).toList();
        List<Input> stale = new ArrayList<>();
        List<Binary> known = new ArrayList<>();
        for (Input input : inputs(sources)) {
            List<Binary> before = compiled.get(input);
            if (before == null) {
                stale.add(input);
            } else {
                known.addAll(before);
            }
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        Classes files = new Classes(platform, known);
        List<Text> open = stale.stream().map(input -> new Text(input.source())).toList();
        if (!open.isEmpty() && !javac.getTask(Writer.nullWriter(), files, found, OPTIONS, null, open).call()) {
            return new Result(new TreeMap<>(), found.getDiagnostics().stream().filter(d -> d.getKind() == Diagnostic.Kind.ERROR).findFirst()
                    .map(Object::toString).orElse("the compiler failed without naming an error"));
        }
        Map<String, List<Binary>> made = files.made().stream().collect(Collectors.groupingBy(Binary::path));
        stale.forEach(input -> compiled.put(input, made.getOrDefault(input.source().path(), List.of())));
        SortedMap<String, SortedMap<String, byte[]>> classes = new TreeMap<>();
        Stream.concat(known.stream(), made.values().stream().flatMap(List::stream))
                .forEach(binary -> classes.computeIfAbsent(binary.path(), none -> new TreeMap<>()).put(binary.name(), binary.bytes()));
        return new Result(classes, "");
    }

    /** Each file with the declarations that it sees, its own among them. */
    private List<Input> inputs(List<Source> sources) {
        List<Outline> files = sources.stream().map(this::outline).toList();
        List<BitSet> shown = files.stream().map(file -> declaring(file.shown(), file, files)).toList();
        List<Input> inputs = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            BitSet seen = new BitSet();
            BitSet next = declaring(files.get(file).used(), files.get(file), files);
            while (!next.isEmpty()) {
                seen.or(next);
                BitSet behind = new BitSet();
                next.stream().mapToObj(shown::get).forEach(behind::or);
                behind.andNot(seen);
                next = behind;
            }
            inputs.add(new Input(sources.get(file), seen.stream().mapToObj(files::get).map(Outline::declarations).toList()));
        }
        return inputs;
    }

    /** The files that declare a type by one of the names that a file uses. */
    private static BitSet declaring(Set<String> names, Outline user, List<Outline> files) {
        BitSet all = new BitSet();
        for (int file = 0; file < files.size(); file++) {
            Outline other = files.get(file);
            if (user.reaches(other) && (names.contains(Outline.ANY) || other.types().stream().anyMatch(names::contains))) {
                all.set(file);
            }
        }
        return all;
    }

    private Outline outline(Source source) {
        return outlines.computeIfAbsent(source, file -> {
            JavacTask task = (JavacTask) javac.getTask(Writer.nullWriter(), platform, new DiagnosticCollector<>(), OPTIONS, null, List.of(new Text(file)));
            try {
                return Outline.of(task.parse());
            } catch (IOException e) {
                throw new IllegalStateException("a text in memory cannot fail to be read", e);
            }
        });
    }

    /** Forgets what was not asked for the longest. */
    private static final class Remembered<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        Remembered() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST_REMEMBERED;
        }
    }

    private static final class Text extends SimpleJavaFileObject {
        private final Source source;

        Text(Source source) {
            super(URI.create("memory:///" + source.path()), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source.text();
        }
    }

    private static final class ClassFile extends SimpleJavaFileObject {
        private final String name;
        private final String path;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        ClassFile(String name, String path) {
            super(URI.create("memory:///classes/" + name.replace('.', '/') + ".class"), Kind.CLASS);
            this.name = name;
            this.path = path;
        }

        ClassFile(Binary binary) {
            this(binary.name(), binary.path());
            bytes.writeBytes(binary.bytes());
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(bytes.toByteArray());
        }
    }

    /** The platform and the libraries, and classes in memory beside them. */
    private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, List<JavaFileObject>> known;
        private final List<ClassFile> made = new ArrayList<>();

        Classes(JavaFileManager platform, List<Binary> known) {
            super(platform);
            this.known = known.stream().collect(Collectors.groupingBy(binary -> binary.name().substring(0, Math.max(0, binary.name().lastIndexOf('.'))),
                    Collectors.mapping(ClassFile::new, Collectors.toList())));
        }

        List<Binary> made() {
            return made.stream().map(file -> new Binary(file.name, file.path, file.bytes.toByteArray())).toList();
        }

        @Override
        public Iterable<JavaFileObject> list(Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
            Iterable<JavaFileObject> others = super.list(location, packageName, kinds, recurse);
            List<JavaFileObject> mine = location == StandardLocation.CLASS_PATH ? known.getOrDefault(packageName, List.of()) : List.of();
            if (mine.isEmpty()) {
                return others;
            }
            List<JavaFileObject> all = new ArrayList<>(mine);
            others.forEach(all::add);
            return all;
        }

        @Override
        public @Nullable String inferBinaryName(Location location, JavaFileObject file) {
            return file instanceof ClassFile mine ? mine.name : super.inferBinaryName(location, file);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            ClassFile file = new ClassFile(className, ((Text) sibling).source.path());
            made.add(file);
            return file;
        }

        @Override
        public boolean isSameFile(FileObject a, FileObject b) {
            return a.equals(b);
        }

        @Override
        public void close() {
            // The platform's files are kept open for the next tree.
        }
    }
}
