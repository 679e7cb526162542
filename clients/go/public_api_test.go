package distributedlogs_test

import (
	"bytes"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"strings"
	"testing"
)

const approved = "tests/approved_api.txt"

// TestThePublicSurfaceIsAsApproved: a change there is a decision, seen in review.
func TestThePublicSurfaceIsAsApproved(t *testing.T) {
	var now bytes.Buffer
	for _, folder := range []string{".", "dlogszap"} {
		now.WriteString(surface(t, folder))
	}
	was, err := os.ReadFile(approved)
	if os.IsNotExist(err) {
		err = os.WriteFile(approved, now.Bytes(), 0o600)
		was = now.Bytes()
	}
	if err != nil {
		t.Fatal(err)
	}
	if now.String() != string(was) {
		t.Errorf("the public surface is not that of %s; if this is meant, delete the file and run the test again:\n%s", approved, now.String())
	}
}

// surface spells every exported declaration without its comments, and wants each to have one.
func surface(t *testing.T, folder string) string {
	files := token.NewFileSet()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var parsed []*ast.File
	for _, entry := range entries {
		if name := entry.Name(); strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			file, err := parser.ParseFile(files, folder+"/"+name, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			parsed = append(parsed, file)
		}
	}
	found, err := doc.NewFromFiles(files, parsed, "distributedlogs/"+folder)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	show := func(name, comment string, node ast.Node) {
		if comment == "" {
			t.Errorf("%s has no comment", name)
		}
		ast.Inspect(node, undocumented)
		if err := printer.Fprint(&out, files, node); err != nil {
			t.Fatal(err)
		}
		out.WriteString("\n")
	}
	values := func(all []*doc.Value) {
		for _, value := range all {
			show(strings.Join(value.Names, ", "), value.Doc, value.Decl)
		}
	}
	functions := func(all []*doc.Func) {
		for _, function := range all {
			show(function.Name, function.Doc, function.Decl)
		}
	}
	out.WriteString("package " + found.Name + "\n")
	values(found.Consts)
	values(found.Vars)
	functions(found.Funcs)
	for _, kind := range found.Types {
		show(kind.Name, kind.Doc, kind.Decl)
		values(kind.Consts)
		functions(kind.Funcs)
		functions(kind.Methods)
	}
	return strings.ReplaceAll(out.String(), "\n\n", "\n")
}

// undocumented takes the comments away, so that better words are no change of the surface.
func undocumented(node ast.Node) bool {
	switch node := node.(type) {
	case *ast.FuncDecl:
		node.Doc, node.Body = nil, nil
	case *ast.GenDecl:
		node.Doc = nil
	case *ast.TypeSpec:
		node.Doc, node.Comment = nil, nil
	case *ast.ValueSpec:
		node.Doc, node.Comment = nil, nil
	case *ast.Field:
		node.Doc, node.Comment = nil, nil
	}
	return true
}
