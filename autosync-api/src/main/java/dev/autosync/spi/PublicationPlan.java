package dev.autosync.spi;

import java.util.List;

/**
 * What a sink would do.
 *
 * <p>Implemented by plugins, which keep in it whatever they need to do it. Threads: for the calling thread only.
 *
 * @since 0.1.0
 */
public interface PublicationPlan {

    /**
     * The steps.
     *
     * @return one line each, for a person to read, without secrets; empty if there is nothing to do
     */
    List<String> steps();
}
