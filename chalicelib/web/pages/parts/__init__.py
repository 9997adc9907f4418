"""What pages of several features show alike: charts, rows of a read log, why a job stopped."""
