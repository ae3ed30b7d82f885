package dev.autosync.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of {@link StoreContract}, as JUnit finds them. */
final class StoreContractRules {
    private StoreContractRules() {}

    static Stream<Method> all() {
        return Stream.<Class<?>>iterate(StoreContract.class, type -> type != Object.class, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())).filter(method -> method.isAnnotationPresent(Test.class));
    }

    static void check(Method rule, StoreContract contract) throws Exception {
        try {
            rule.invoke(contract);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            throw (Error) e.getCause();
        }
    }
}
