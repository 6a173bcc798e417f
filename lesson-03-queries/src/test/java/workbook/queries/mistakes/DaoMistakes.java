package workbook.queries.mistakes;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookDao;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.10: the catalogue as a SQL Object. */
final class DaoMistakes {
  static final String INSERT =
      "INSERT INTO books (title, author, genre, published)"
          + " VALUES (:title, :author, :genre, :published)";

  private DaoMistakes() {}

  static Jdbi withPlugin(Jdbi jdbi) {
    return jdbi.installPlugin(new SqlObjectPlugin());
  }

  @Mistake(
      exercise = "3.10",
      violates = "Jdbi writes the class",
      idea = "Write the class yourself",
      because = """
          It works, and it is what a SQL Object saves you: the SQL stands beside the method,
          and the rest is the same in every class.""",
      instead = "An interface with annotations; `jdbi.onDemand` makes the class.",
      rejectedBy = "the_methods_run_their_sql",
      says = "a class that Jdbi made from your interface?",
      earns = 1)
  static class ByHand extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return new Written(super.dao(jdbi));
    }

    record Written(BookDao inner) implements BookDao {
      @Override
      public long add(NewBook book) {
        return inner.add(book);
      }

      @Override
      public int[] addAll(List<NewBook> books) {
        return inner.addAll(books);
      }

      @Override
      public List<Book> byAuthor(String author) {
        return inner.byAuthor(author);
      }

      @Override
      public boolean remove(long id) {
        return inner.remove(id);
      }
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "every statement comes from an annotation",
      idea = "`default` methods around a handle",
      because = """
          An interface with code in it is a class by another name. What a SQL Object is good
          for is that the SQL stands beside the method, and no code.""",
      instead = "`@SqlUpdate`, with the statement.",
      rejectedBy = "the_methods_run_their_sql",
      says = "Statements that came from elsewhere",
      earns = 1)
  static class HandleInDefault extends ReferenceCatalogue {
    public interface WithHandle extends Books, SqlObject {
      @Override
      default boolean remove(long id) {
        return getHandle().execute("DELETE FROM books WHERE id = ?", id) > 0;
      }
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(WithHandle.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "overrides its methods",
      idea = "What `BookDao` declares is there already",
      because = """
          Without an annotation Jdbi does not know what to run. It finds that out when the
          method is called.""",
      instead = "Override each of the four, with the annotation of its statement.",
      rejectedBy = "the_methods_run_their_sql",
      says = "a method of BookDao without SQL",
      earns = 0)
  static class OneWithoutSql extends ReferenceCatalogue {
    @RegisterConstructorMapper(Book.class)
    public interface Partly extends BookDao {
      @Override
      @SqlBatch(INSERT)
      int[] addAll(@BindMethods List<NewBook> books);

      @Override
      @SqlUpdate(INSERT)
      @GetGeneratedKeys("id")
      long add(@BindMethods NewBook book);

      @Override
      @SqlUpdate("DELETE FROM books WHERE id = :id")
      boolean remove(@Bind("id") long id);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Partly.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "no plugin is installed yet",
      idea = "`onDemand` is there from the start",
      because = """
          SQL Objects are a plugin. Without it Jdbi does not know what to do with the
          interface.""",
      instead = "`jdbi.installPlugin(new SqlObjectPlugin())` first.",
      rejectedBy = "the_methods_run_their_sql",
      says = "NoSuchExtensionException",
      earns = 0)
  static class WithoutPlugin extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return jdbi.onDemand(Books.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "it opens a connection for each call and closes it again",
      idea = "`open()` a handle, and attach the object to it",
      because = "Nobody closes that handle: the connection stays open.",
      instead = "`onDemand`: a connection for each call.",
      rejectedBy = "the_methods_run_their_sql",
      says = "Connections that the call of add opened",
      earns = 0)
  static class Attached extends ReferenceCatalogue {
    private static final List<Handle> KEPT = new ArrayList<>();

    @Override
    public BookDao dao(Jdbi jdbi) {
      KEPT.add(withPlugin(jdbi).open());
      return KEPT.get(KEPT.size() - 1).attach(Books.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "returns the id that the server gave it",
      idea = "The result of an `INSERT` is its id",
      because = "It is the number of rows: 1. The key is there, but has to be asked for.",
      instead = "`@GetGeneratedKeys(\"id\")`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "The ids that add returned",
      earns = 1)
  static class CountForId extends ReferenceCatalogue {
    public interface Counting extends Books {
      @Override
      @SqlUpdate(INSERT)
      long add(@BindMethods NewBook book);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Counting.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "returns the id that the server gave it",
      idea = "The new book has the greatest id",
      because = """
          Not if another session adds one in between, or a book from elsewhere has a greater
          one.""",
      instead = "`@GetGeneratedKeys(\"id\")`, in the same statement.",
      rejectedBy = "the_methods_run_their_sql",
      says = "The ids that add returned",
      earns = 1)
  static class GreatestId extends ReferenceCatalogue {
    public interface Greatest extends Books {
      @SqlUpdate(INSERT)
      void insert(@BindMethods NewBook book);

      @SqlQuery("SELECT max(id) FROM books")
      long greatest();

      @Override
      default long add(NewBook book) {
        insert(book);
        return greatest();
      }
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Greatest.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "the name is meant letter for letter",
      idea = "`LIKE` compares strings",
      because = """
          It compares with a pattern: `_` is any character in it, `%` any number of them.
          Books of other authors are found, too.""",
      instead = "`=`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "the name letter for letter",
      earns = 1)
  static class AuthorLike extends ReferenceCatalogue {
    public interface Alike extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE author LIKE :author ORDER BY title, id")
      List<Book> byAuthor(@Bind("author") String author);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Alike.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "the name is meant letter for letter",
      idea = "O'Brien and o'brien are the same man",
      because = "To the table they are two.",
      instead = "`author = :author`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "byAuthor(\"O'Brien\")",
      earns = 1)
  static class AuthorInAnyCase extends ReferenceCatalogue {
    public interface AnyCase extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE lower(author) = lower(:author) ORDER BY title, id")
      List<Book> byAuthor(@Bind("author") String author);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(AnyCase.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "the name is meant letter for letter",
      idea = "Blanks around a name mean nothing",
      because = "They make it another name.",
      instead = "`author = :author`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "byAuthor(\"O'Brien\")",
      earns = 1)
  static class AuthorTrimmed extends ReferenceCatalogue {
    public interface Trimmed extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE trim(author) = trim(:author) ORDER BY title, id")
      List<Book> byAuthor(@Bind("author") String author);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Trimmed.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "All books of one author",
      idea = "A string needs quotes around it",
      because = """
          In quotes `:author` is a string of seven characters, and no placeholder. Jdbi finds
          no place for the value.""",
      instead = "`:author`, without quotes.",
      rejectedBy = "the_methods_run_their_sql",
      says = "named parameters",
      earns = 0)
  static class QuotedPlaceholder extends ReferenceCatalogue {
    public interface Quoted extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE author = ':author' ORDER BY title, id")
      List<Book> byAuthor(@Bind("author") String author);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Quoted.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "by title (as in 3.3) and then by id",
      idea = "Titles differ",
      because = "Of two books with one title, which comes first is left to the server.",
      instead = "`ORDER BY title, id`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "by title and then by id",
      earns = 0)
  static class ByTitleOnly extends ReferenceCatalogue {
    public interface ByTitle extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY title, id DESC")
      List<Book> byAuthor(@Bind("author") String author);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(ByTitle.class);
    }
  }
}
