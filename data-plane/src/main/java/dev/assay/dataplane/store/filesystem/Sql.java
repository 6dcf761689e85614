package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.DiskFullException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One connection to the index with its prepared statements; for one thread at a time. Statements
/// are constants, so the cache is bounded by the source.
final class Sql implements AutoCloseable {
  /// SQLITE_FULL, from sqlite3.h.
  private static final int FULL = 13;

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Sql(Connection connection) {
    this.connection = connection;
  }

  /// Makes a value of the current row.
  interface Row<T> {
    T of(ResultSet row) throws SQLException, IOException;
  }

  int update(String sql, @Nullable Object... arguments) throws IOException {
    try {
      return bound(sql, arguments).executeUpdate();
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  <T> List<T> list(String sql, Row<T> row, @Nullable Object... arguments) throws IOException {
    try (var rows = bound(sql, arguments).executeQuery()) {
      var all = new ArrayList<T>();
      while (rows.next()) {
        all.add(row.of(rows));
      }
      return all;
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... arguments) throws IOException {
    try (var rows = bound(sql, arguments).executeQuery()) {
      return rows.next() ? Optional.of(row.of(rows)) : Optional.empty();
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  boolean exists(String sql, @Nullable Object... arguments) throws IOException {
    return first(sql, row -> true, arguments).isPresent();
  }

  /// The first column of the one row that there is.
  long number(String sql, @Nullable Object... arguments) throws IOException {
    return first(sql, row -> row.getLong(1), arguments)
        .orElseThrow(() -> new IOException("index: expected a row of " + sql + ", found none"));
  }

  /// Statements without arguments or answer.
  void run(String sql) throws IOException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
    var statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (var i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  static IOException translated(SQLException e) {
    return (e.getErrorCode() & 0xff) == FULL
        ? new DiskFullException("the store's disk is full: " + e.getMessage(), e)
        : new IOException("index: " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw translated(e);
    }
  }
}
