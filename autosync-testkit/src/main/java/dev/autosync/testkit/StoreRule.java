package dev.autosync.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The number of a rule of {@link StoreContract}, under which its javadoc lists it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface StoreRule {

    /** Chapter and rule, for example {@code 2.3}. */
    String value();
}
