package dev.autosync.bench.culprit.real;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * What a Java file shows to others, and whom it looks at.
 *
 * @param inPackage its package
 * @param declarations all that others can see, in no order of its own: no comments, no bodies of methods, no initializers, no private methods, no names of
 *     parameters, and of imports only those that declarations may be about. The values of fields are kept, for they may be constants, which the compiler copies
 * @param types the simple names of the types that it declares, nested ones too
 * @param shown the names in its declarations
 * @param used all its names, those of its types and those in its declarations too; {@link #ANY} if it imports all that a package or a type has
 */
record Outline(String inPackage, String declarations, Set<String> types, Set<String> shown, Set<String> used) {
    static final String ANY = "*";

    static Outline of(Iterable<? extends CompilationUnitTree> files) {
        Scanner scanner = new Scanner();
        scanner.scan(files, null);
        scanner.used.addAll(scanner.types);
        scanner.imports.removeIf(line -> !line.endsWith(".*;") && !scanner.shown.contains(line.substring(line.lastIndexOf('.') + 1, line.length() - 1)));
        if (scanner.used.contains(ANY)) {
            scanner.shown.add(ANY);
        }
        scanner.declarations.addAll(scanner.imports);
        return new Outline(scanner.inPackage, String.join("\n", scanner.declarations), scanner.types, scanner.shown, scanner.used);
    }

    /**
     * Whether it can name a type of another file: one of another package only with the name of that. A type that is inherited is seen by whom it is inherited
     * from.
     */
    boolean reaches(Outline other) {
        return inPackage.equals(other.inPackage) || used.contains(other.inPackage.substring(other.inPackage.lastIndexOf('.') + 1));
    }

    private static final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
        private static final Set<Modifier> ACCESS = EnumSet.of(Modifier.PUBLIC, Modifier.PROTECTED, Modifier.PRIVATE);
        private static final String CONSTRUCTOR = "<init>";

        private String inPackage = "";
        private final Set<String> imports = new TreeSet<>();
        private final SortedSet<String> declarations = new TreeSet<>();
        private final Set<String> types = new HashSet<>();
        private final Set<String> shown = new HashSet<>();
        private final Set<String> used = new HashSet<>();

        /** The classes that it is in, the outermost first. */
        private String inside = "";

        /** In how many things the scanner is whose text is written already, or that do not show. */
        private int written;
        private int hidden;

        private void write(@Nullable Object... parts) {
            if (written + hidden == 0) {
                declarations.add(inside + Arrays.toString(parts));
            }
        }

        private void name(CharSequence name) {
            used.add(name.toString());
            if (hidden == 0) {
                shown.add(name.toString());
            }
        }

        @Override
        public @Nullable Void visitPackage(PackageTree tree, @Nullable Void nothing) {
            write(tree);
            inPackage = tree.getPackageName().toString();
            return scan(tree.getAnnotations(), nothing);
        }

        @Override
        public @Nullable Void visitImport(ImportTree tree, @Nullable Void nothing) {
            imports.add(tree.toString().strip());
            return hide(() -> super.visitImport(tree, nothing));
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
            types.add(tree.getSimpleName().toString());
            String around = inside;
            inside += tree.getSimpleName() + ".";
            write(tree.getModifiers(), tree.getKind(), tree.getTypeParameters(), tree.getExtendsClause(), tree.getImplementsClause(), tree.getPermitsClause());
            if (tree.getKind() == Tree.Kind.RECORD) {
                // The order of its components is that of the parameters of a constructor that nobody wrote.
                write(tree.getMembers().stream().filter(VariableTree.class::isInstance).toList());
            } else if (tree.getMembers().stream().noneMatch(member -> member instanceof MethodTree method && isConstructor(method))) {
                Set<Modifier> access = EnumSet.copyOf(ACCESS);
                access.retainAll(tree.getModifiers().getFlags());
                write("", access, "", CONSTRUCTOR, "", "", null, null);
            }
            super.visitClass(tree, nothing);
            inside = around;
            return nothing;
        }

        private static boolean isConstructor(MethodTree tree) {
            return tree.getName().contentEquals(CONSTRUCTOR);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
            if (tree.getModifiers().getFlags().contains(Modifier.PRIVATE) && !isConstructor(tree)) {
                return hide(() -> super.visitMethod(tree, nothing));
            }
            write(tree.getModifiers().getAnnotations(), tree.getModifiers().getFlags(), tree.getTypeParameters(), tree.getName(),
                    tree.getParameters().stream().map(Scanner::withoutName).collect(Collectors.joining(",")), tree.getThrows(), tree.getReturnType(),
                    tree.getDefaultValue());
            written++;
            super.visitMethod(tree, nothing);
            written--;
            return nothing;
        }

        /** The type of a parameter; only as text it says whether there may be many. */
        private static String withoutName(VariableTree parameter) {
            String text = parameter.toString();
            return text.substring(0, text.length() - parameter.getName().length()).replace("final ", "");
        }

        @Override
        public @Nullable Void visitVariable(VariableTree tree, @Nullable Void nothing) {
            write(tree);
            written++;
            super.visitVariable(tree, nothing);
            written--;
            return nothing;
        }

        @Override
        public @Nullable Void visitBlock(BlockTree tree, @Nullable Void nothing) {
            return hide(() -> super.visitBlock(tree, nothing));
        }

        private @Nullable Void hide(Runnable scan) {
            hidden++;
            scan.run();
            hidden--;
            return null;
        }

        @Override
        public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void nothing) {
            name(tree.getName());
            return nothing;
        }

        @Override
        public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void nothing) {
            name(tree.getIdentifier());
            return super.visitMemberSelect(tree, nothing);
        }
    }
}
