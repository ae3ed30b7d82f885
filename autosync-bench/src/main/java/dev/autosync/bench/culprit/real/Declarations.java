package dev.autosync.bench.culprit.real;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import org.jspecify.annotations.Nullable;

/**
 * What other files can see of a Java file: everything but its comments, the bodies of its methods and its initializers. The values of fields are kept, for they
 * may be constants, which the compiler copies.
 */
final class Declarations extends TreeScanner<@Nullable Void, StringBuilder> {
    private Declarations() {}

    static String of(CompilationUnitTree file) {
        StringBuilder text = new StringBuilder();
        new Declarations().scan(file, text);
        return text.toString();
    }

    @Override
    public @Nullable Void visitPackage(PackageTree tree, StringBuilder text) {
        text.append(tree).append('\n');
        return null;
    }

    @Override
    public @Nullable Void visitImport(ImportTree tree, StringBuilder text) {
        text.append(tree).append('\n');
        return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, StringBuilder text) {
        text.append(tree.getModifiers()).append(tree.getKind()).append(' ').append(tree.getSimpleName()).append(tree.getTypeParameters())
                .append(tree.getExtendsClause()).append(tree.getImplementsClause()).append(tree.getPermitsClause()).append("{\n");
        scan(tree.getMembers(), text);
        text.append("}\n");
        return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, StringBuilder text) {
        text.append(tree.getModifiers()).append(tree.getTypeParameters()).append(tree.getReturnType()).append(' ').append(tree.getName())
                .append(tree.getParameters()).append(tree.getThrows()).append(tree.getDefaultValue()).append('\n');
        return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, StringBuilder text) {
        text.append(tree).append(";\n");
        return null;
    }

    @Override
    public @Nullable Void visitBlock(BlockTree tree, StringBuilder text) {
        return null;
    }
}
