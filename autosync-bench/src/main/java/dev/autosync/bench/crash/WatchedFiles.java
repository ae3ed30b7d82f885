package dev.autosync.bench.crash;

import dev.autosync.core.io.AppendLog;
import dev.autosync.core.io.FilePort;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts somebody between the engine and its files, who sees every call before it is made: of the port, and of the logs that it opens. */
public final class WatchedFiles {
    private WatchedFiles() {}

    /** Sees calls. For one thread at a time. */
    public interface Watch {
        /**
         * Sees a call, and makes it, or does something else.
         *
         * @param call what is asked for
         * @return what it answers, null for nothing
         * @throws IOException whatever the files throw, or something worse
         */
        @Nullable Object on(Call call) throws IOException;
    }

    /** A call of a port or of a log. */
    public static final class Call {
        private final Object target;
        private final Method method;
        private final Object[] arguments;

        Call(Object target, Method method, Object[] arguments) {
            this.target = target;
            this.method = method;
            this.arguments = arguments;
        }

        /** The method's name, with {@code log.} before those of a log. */
        public String name() {
            return (target instanceof AppendLog ? "log." : "") + method.getName();
        }

        /** What is passed; a copy. */
        public List<Object> arguments() {
            return List.of(arguments);
        }

        /** Makes the call as it was meant. */
        public @Nullable Object make() throws IOException {
            return make(arguments);
        }

        /** Makes the call with other arguments. */
        public @Nullable Object make(Object... others) throws IOException {
            try {
                return method.invoke(target, others);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof IOException io) {
                    throw io;
                }
                if (e.getCause() instanceof RuntimeException runtime) {
                    throw runtime;
                }
                throw new IllegalStateException(e.getCause());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("the port's methods are public", e);
            }
        }
    }

    /** The same files, seen by somebody. */
    public static FilePort of(FilePort files, Watch watch) {
        return proxy(FilePort.class, files, watch);
    }

    private static <T> T proxy(Class<T> type, T target, Watch watch) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            Call call = new Call(target, method, arguments == null ? new Object[0] : arguments);
            if (method.getDeclaringClass() == Object.class) {
                return call.make();
            }
            Object answer = watch.on(call);
            // What somebody else has put in the log's place is theirs.
            return answer instanceof AppendLog log && !Proxy.isProxyClass(log.getClass()) ? proxy(AppendLog.class, log, watch) : answer;
        }));
    }
}
