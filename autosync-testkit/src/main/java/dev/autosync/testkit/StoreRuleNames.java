package dev.autosync.testkit;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Shows a rule under its number. */
final class StoreRuleNames extends DisplayNameGenerator.Simple {

    @Override
    public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> contract, Method rule) {
        StoreRule number = rule.getAnnotation(StoreRule.class);
        String name = super.generateDisplayNameForMethod(enclosing, contract, rule);
        return number == null ? name : number.value() + " " + name;
    }
}
