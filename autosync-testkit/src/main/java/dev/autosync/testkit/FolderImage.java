package dev.autosync.testkit;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything below a folder, byte for byte: files, folders (their names end in a slash), and links, which are not followed. */
final class FolderImage {
    private FolderImage() {}

    static Map<String, byte[]> of(Path folder) throws IOException {
        Map<String, byte[]> image = new TreeMap<>();
        if (Files.notExists(folder)) {
            return image;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.filter(path -> !path.equals(folder)).toList()) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (Files.isSymbolicLink(path)) {
                    image.put(name + " -> ", Files.readSymbolicLink(path).toString().getBytes(StandardCharsets.UTF_8));
                } else if (Files.isRegularFile(path, NOFOLLOW_LINKS)) {
                    image.put(name, Files.readAllBytes(path));
                } else {
                    image.put(name + "/", new byte[0]);
                }
            }
        }
        return image;
    }
}
