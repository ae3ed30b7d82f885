package dev.autosync.core.patch;

import java.util.LinkedHashMap;
import java.util.Map;

/** The pseudo code of RFC 7396, section 2, on the maps and lists of {@link JsonTrees}. */
final class JsonMerges {

    private JsonMerges() {}

    static Object merge(Object target, Object patch) {
        if (!(patch instanceof Map<?, ?> members)) {
            return patch;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        if (target instanceof Map<?, ?> map) {
            map.forEach((name, value) -> result.put((String) name, value));
        }
        members.forEach((name, value) -> {
            if (value.equals("null")) {
                result.remove(name);
            } else {
                result.put((String) name, merge(result.get(name), value));
            }
        });
        return result;
    }
}
