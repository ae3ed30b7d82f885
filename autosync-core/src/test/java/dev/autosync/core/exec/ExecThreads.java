package dev.autosync.core.exec;

import java.util.List;

/** The threads of this JVM that read a child's output. */
final class ExecThreads {
    private ExecThreads() {}

    static List<String> ofReaders() {
        return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).map(Thread::getName)
                .filter(name -> name.startsWith("autosync-output-")).toList();
    }
}
