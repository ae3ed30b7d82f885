package dev.autosync.core.secrets;

import dev.autosync.spi.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Secrets in files, one in each.
 *
 * <p>Links are followed, because Kubernetes mounts secrets as links; what counts is the file behind them.
 */
final class FileSecrets extends BuiltInSecrets {
    private static final int MAX_BYTES = 64 << 10;
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);

    private final boolean groupMayRead;

    FileSecrets(boolean groupMayRead) {
        super(FileSecretsFactory.NAME);
        this.groupMayRead = groupMayRead;
    }

    @Override
    Secret read(String name) throws InterruptedException {
        Path file = absolute(name);
        byte[] bytes = new byte[0];
        try {
            Path real = file.toRealPath();
            check(name, real);
            bytes = bytes(name, real);
            return secret(name, bytes);
        } catch (NoSuchFileException | NotDirectoryException | FileSystemLoopException e) {
            throw notFound(name, "there is no such file");
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while a secret was read");
        } catch (IOException e) {
            throw unusable(name, "the file cannot be read; look at its owner and its permissions", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private Path absolute(String name) {
        try {
            Path file = Path.of(name);
            if (file.isAbsolute()) {
                return file;
            }
        } catch (InvalidPathException e) {
            // As wrong as a relative one.
        }
        throw noReference(name, "the name must be an absolute path, as in secret:file//run/secrets/token");
    }

    private void check(String name, Path real) throws IOException {
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw unusable(name, "it is not a regular file", null);
        }
        PosixFileAttributeView posix = Files.getFileAttributeView(real, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (posix == null) {
            return; // Windows keeps lists that say nothing so simple
        }
        Set<PosixFilePermission> permissions = posix.readAttributes().permissions();
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(permissions);
        others.removeAll(OWNERS);
        if (groupMayRead) {
            others.remove(PosixFilePermission.GROUP_READ);
        }
        if (!others.isEmpty()) {
            throw unusable(name, "its permissions are " + PosixFilePermissions.toString(permissions)
                    + ", so others than its owner may use it; chmod 600 it, or set mode 0400 where it is mounted", null);
        }
    }

    private byte[] bytes(String name, Path real) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES + 1);
        try (SeekableByteChannel channel = Files.newByteChannel(real, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // Reads on until the file ends or is too large.
            }
            if (!buffer.hasRemaining()) {
                throw unusable(name, "the file has more than " + MAX_BYTES + " bytes", null);
            }
            return Arrays.copyOf(buffer.array(), buffer.position());
        } finally {
            Arrays.fill(buffer.array(), (byte) 0);
        }
    }

    private Secret secret(String name, byte[] bytes) {
        CharBuffer chars;
        try {
            chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw unusable(name, "the file is not UTF-8", null);
        }
        char[] value = Arrays.copyOf(chars.array(), withoutLineEnd(chars));
        Arrays.fill(chars.array(), '\0');
        try {
            if (value.length == 0) {
                throw notFound(name, "the file is empty");
            }
            return Secret.of(value);
        } finally {
            Arrays.fill(value, '\0');
        }
    }

    /** The length without the one line end that editors and echo put behind a text. */
    private static int withoutLineEnd(CharBuffer chars) {
        int length = chars.length();
        if (length > 0 && chars.charAt(length - 1) == '\n') {
            length--;
            if (length > 0 && chars.charAt(length - 1) == '\r') {
                length--;
            }
        }
        return length;
    }
}
