package dev.autosync.examples;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.Parameterizable;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Which types, methods and fields each file of a tree declares, and which it uses, as the compiler resolved them.
 *
 * <p>A symbol is its full signature as text, so a method that got another return type, exception or modifier is another symbol.
 */
final class Symbols {
    private final Map<String, Set<String>> declared = new HashMap<>();
    private final Map<String, Set<String>> used = new HashMap<>();

    /** Reads the parsed files of a task that has analysed them. */
    static Symbols of(JavacTask task, Iterable<? extends CompilationUnitTree> units) {
        Symbols symbols = new Symbols();
        Trees trees = Trees.instance(task);
        for (CompilationUnitTree unit : units) {
            String path = CompileCheck.path(unit.getSourceFile());
            Scanner scanner = new Scanner(trees);
            scanner.scan(unit, null);
            symbols.declared.put(path, scanner.declared);
            symbols.used.put(path, scanner.used);
        }
        return symbols;
    }

    /** What these declare in a file and others do not. */
    Set<String> declaredOnlyHere(String path, Symbols other) {
        Set<String> only = new HashSet<>(declared.getOrDefault(path, Set.of()));
        only.removeAll(other.declared.getOrDefault(path, Set.of()));
        return only;
    }

    /** Whether a file uses one of some symbols. */
    boolean usesAny(String path, Set<String> symbols) {
        return symbols.stream().anyMatch(used.getOrDefault(path, Set.of())::contains);
    }

    private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final Trees trees;
        private final Set<String> declared = new HashSet<>();
        private final Set<String> used = new HashSet<>();

        Scanner(Trees trees) {
            this.trees = trees;
        }

        @Override
        public @Nullable Void scan(@Nullable Tree tree, @Nullable Void nothing) {
            return tree == null ? null : super.scan(tree, nothing);
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void nothing) {
            addHereTo(declared);
            return super.visitClass(tree, nothing);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
            addHereTo(declared);
            return super.visitMethod(tree, nothing);
        }

        @Override
        public @Nullable Void visitVariable(VariableTree tree, @Nullable Void nothing) {
            addHereTo(declared);
            return super.visitVariable(tree, nothing);
        }

        @Override
        public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void nothing) {
            addHereTo(used);
            return super.visitIdentifier(tree, nothing);
        }

        @Override
        public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void nothing) {
            addHereTo(used);
            return super.visitMemberSelect(tree, nothing);
        }

        @Override
        public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void nothing) {
            addHereTo(used);
            return super.visitMemberReference(tree, nothing);
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void nothing) {
            addHereTo(used);
            return super.visitNewClass(tree, nothing);
        }

        private void addHereTo(Set<String> symbols) {
            Element element = trees.getElement(getCurrentPath());
            String signature = element == null ? "" : signature(element);
            if (!signature.isEmpty()) {
                symbols.add(signature);
            }
        }

        /** Empty for what no other file can see: packages, parameters, local variables. */
        private static String signature(Element element) {
            String kind = element.getKind() + " " + visibility(element) + " ";
            if (element instanceof TypeElement type) {
                return kind + type + bounds(type) + " " + type.getSuperclass() + type.getInterfaces();
            }
            if (!(element.getEnclosingElement() instanceof TypeElement owner)) {
                return "";
            }
            String member = kind + owner + bounds(owner) + "." + element;
            return element instanceof ExecutableElement method
                    ? member + bounds(method) + " " + method.getReturnType() + " throws " + method.getThrownTypes()
                    : member + " " + element.asType();
        }

        private static Set<Modifier> visibility(Element element) {
            Set<Modifier> modifiers = new TreeSet<>(element.getModifiers());
            modifiers.remove(Modifier.SYNCHRONIZED);
            return modifiers;
        }

        private static String bounds(Parameterizable element) {
            return element.getTypeParameters().stream().map(p -> p + ":" + p.getBounds()).collect(Collectors.joining(",", "<", ">"));
        }
    }
}
