package dev.autosync.concurrency;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles changed sources of the API into a folder that is put in front of the real classes. */
final class ChangedClasses {
    private ChangedClasses() {}

    static Path compile(List<Edit> edits, Path work) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Edit edit : edits) {
            String source = sources.containsKey(edit.file()) ? sources.get(edit.file()) : edit.read();
            sources.put(edit.file(), edit.applyTo(source));
        }
        Path classes = Files.createDirectories(work.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = work.resolve("sources").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            StringWriter messages = new StringWriter();
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(messages, null, null,
                    List.of("--release", "17", "-proc:none", "-d", classes.toString(), "-cp", classPath), null,
                    compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file)).call();
            if (!compiled) {
                throw new AssertionError("The changed source does not compile: " + file + "\n" + messages);
            }
        }
        return classes;
    }
}
