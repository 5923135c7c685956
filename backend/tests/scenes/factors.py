"""Second factors."""

from apps.accounts.factors.passkeys import begin_passkey
from apps.accounts.factors.proofs import (
    passkey_options_for_anybody,
    passkey_options_for_confirming,
    passkey_options_for_sign_in,
)
from apps.accounts.factors.totp import begin_totp
from apps.accounts.tests.factor_steps import code_at, enrol_passkey, enrol_totp, local_request, second_step
from apps.accounts.tests.software_authenticator import SoftwareAuthenticator
from tests.scenes import Scene, Scenes


def _with_totp(scene: Scene) -> None:
    scene.caller = scene.mina
    enrol_totp(scene.mina)


def _with_passkey(scene: Scene) -> None:
    scene.caller = scene.mina
    _, scene.values["passkey_id"] = enrol_passkey(scene.mina)


def _confirm_totp(scene: Scene) -> None:
    if scene.body is not None and scene.caller is not None:
        begun = begin_totp(user=scene.caller)
        scene.body = {"challenge": begun.challenge, "code": code_at(begun.secret)}


def _add_passkey(scene: Scene) -> None:
    if scene.body is not None and scene.caller is not None:
        token, options = begin_passkey(user=scene.caller, request=local_request())
        scene.body = {**scene.body, "challenge": token, "credential": SoftwareAuthenticator().make(options)}


def _second_step(scene: Scene) -> None:
    scene.caller = None
    if scene.body is None:
        return
    secret, _ = enrol_totp(scene.mina)
    key, _ = enrol_passkey(scene.mina)
    token = second_step(scene.mina)
    scene.body = {**scene.body, "challenge": token}
    if "code" in scene.body:
        scene.body["code"] = code_at(secret)
    if "credential" in scene.body:
        options = passkey_options_for_sign_in(token=token, request=local_request())
        scene.body["credential"] = key.sign(options)


def _passkey_alone(scene: Scene) -> None:
    scene.caller = None
    if scene.body is not None:
        key, _ = enrol_passkey(scene.mina)
        token, options = passkey_options_for_anybody(request=local_request())
        scene.body = {"challenge": token, "credential": key.sign(options)}


def _as_nobody(scene: Scene) -> None:
    scene.caller = None


def _as_mina(scene: Scene) -> None:
    scene.caller = scene.mina


def _confirm_by_passkey(scene: Scene) -> None:
    scene.caller = scene.mina
    if scene.body is not None:
        key, _ = enrol_passkey(scene.mina)
        token, options = passkey_options_for_confirming(user=scene.mina, request=local_request())
        scene.body = {"challenge": token, "credential": key.sign(options)}


SCENES: Scenes = {
    "give_second_factor": _second_step,
    "begin_second_factor_passkey": _second_step,
    "give_second_factor_passkey": _second_step,
    "begin_passkey_sign_in": _as_nobody,
    "sign_in_by_passkey": _passkey_alone,
    "confirm_identity": _as_mina,
    "begin_confirmation_by_passkey": _with_passkey,
    "confirm_by_passkey": _confirm_by_passkey,
    "remove_totp": _with_totp,
    "confirm_totp": _confirm_totp,
    "renew_recovery_codes": _with_totp,
    "add_passkey": _add_passkey,
    "remove_passkey": _with_passkey,
}
