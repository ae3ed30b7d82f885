package dev.autosync.core.secrets;

import java.util.function.Consumer;

/** A way in which programs write a value down. */
interface Encoding {

    /** Gives every form that a value may take, equal ones perhaps more than once. */
    void encode(String value, Consumer<String> forms);
}
