"""Options: explicit beats environment beats file beats default, and what is wrong is said clearly."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from distributedlogs import DistributedLogger, LogConfig
from distributedlogs.generated.options import OPTIONS


def test_the_model_has_every_option_with_its_default():
    assert list(LogConfig.model_fields) == [option.name for option in OPTIONS]
    for option in OPTIONS:
        default = LogConfig.model_fields[option.name].default
        expected = option.default.upper() if option.kind == "level" else option.default
        assert default == (list(expected) if option.kind == "list" else expected), option.name


def test_defaults():
    config = LogConfig()
    assert config.endpoint == "http://localhost:5000/api/logs"
    assert (config.batch_size, config.batch_interval_ms, config.level) == (100, 5000, "INFO")


@pytest.fixture
def file(tmp_path, monkeypatch):
    path = tmp_path / "dlogs.toml"
    path.write_text('service_name = "from file"\nbatch_size = 7\nredact_keys = ["pin"]\n')
    monkeypatch.setenv("DLOGS_CONFIG", str(path))
    return path


def test_precedence(file, monkeypatch):
    monkeypatch.setenv("DLOGS_BATCH_SIZE", "8")
    monkeypatch.setenv("DLOGS_COMPONENT_NAME", "from environment")
    config = LogConfig(component_name="explicit")
    assert config.service_name == "from file"
    assert config.batch_size == 8
    assert config.component_name == "explicit"
    assert config.redact_keys == ["pin"]
    assert config.failed_after == 5


def test_a_file_beside_the_program(tmp_path, monkeypatch):
    (tmp_path / "dlogs.toml").write_text("batch_size = 9\n")
    monkeypatch.chdir(tmp_path)
    assert LogConfig().batch_size == 9


def test_environment_is_read_when_the_config_is_made(monkeypatch):
    monkeypatch.setenv("DLOGS_ENDPOINT", "http://logs.example:1/api/logs")
    config = LogConfig()
    monkeypatch.setenv("DLOGS_ENDPOINT", "http://other.example:1/api/logs")
    assert config.endpoint == "http://logs.example:1/api/logs"


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"batch_size": 0}, "batch_size = 0 .*must be a whole number of records from 1 to 10000"),
        ({"batch_size": "many"}, "batch_size = .*given explicitly"),
        ({"batchsize": 1}, "unknown option `batchsize`: did you mean `batch_size`"),
        ({"endpoint": "localhost"}, "endpoint"),
        ({"overflow": "drop"}, "overflow = .*drop_newest"),
        ({"level": "loud"}, "level = .*loud"),
        ({"metadata": [1]}, "metadata"),
    ],
)
def test_what_is_wrong_is_said(bad, sentence):
    with pytest.raises(ValidationError, match=sentence):
        LogConfig(**bad)
    with pytest.raises(ValueError, match=sentence):
        DistributedLogger(**bad)


def test_the_source_of_a_bad_value_is_named(monkeypatch):
    monkeypatch.setenv("DLOGS_BATCH_SIZE", "many")
    with pytest.raises(ValueError, match="from the environment variable DLOGS_BATCH_SIZE"):
        LogConfig()


def test_secrets_are_not_shown():
    config = LogConfig(api_key="s3cret")
    assert "s3cret" not in repr(config) + str(config)
    with pytest.raises(ValueError, match="batch_size") as raised:
        LogConfig(api_key="s3cret", batch_size=0)
    assert "s3cret" not in str(raised.value)


def test_levels_by_name_and_by_the_numbers_of_logging():
    assert LogConfig(level="debug").level == "DEBUG"
    assert LogConfig(level=0).level == "TRACE"
    assert LogConfig(level=30).level == "WARNING"


def test_a_config_cannot_be_changed():
    with pytest.raises(ValidationError):
        LogConfig().batch_size = 5


def test_options_may_override_a_config(tmp_path):
    config = LogConfig(service_name="a", component_name="b", journal_dir=str(tmp_path))
    logger = DistributedLogger(config, component_name="c")
    assert (logger.config.service_name, logger.config.component_name) == ("a", "c")
    logger.close()


def test_a_journal_that_cannot_be(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="journal"):
        DistributedLogger(journal="disk", journal_dir=str(tmp_path / "file" / "x"))


def test_redacted_keys_never_reach_the_disk(options, sink, tmp_path):
    with DistributedLogger(**options, redact_keys=["password"]) as logger:
        logger.info("login", {"user": "ann", "Password": "hunter2", "in": [{"password": "hunter2"}]})
    (row,) = sink.wait_for(1)
    assert row["metadata"] == {
        "user": "ann",
        "Password": "[redacted]",
        "in": [{"password": "[redacted]"}],
    }


def test_shared_metadata_travels_once_a_batch(options, sink):
    with DistributedLogger(**options, metadata={"region": "eu-1"}) as logger:
        logger.info("m")
    assert sink.wait_for(1)[0]["metadata"] == {}
    assert sink.headers[0]["client"]["metadata"] == {"region": "eu-1"}
