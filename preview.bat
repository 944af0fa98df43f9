@echo off
rem Double-click: sets up what is missing, builds the site, serves the preview and opens the browser.
setlocal
cd /d "%~dp0"
chcp 65001 >nul
set "PYTHONUTF8=1"
if exist ".venv\Scripts\python.exe" goto libraries

set "FINDER="
for %%V in (3.14 3.13 3.12 3.11) do (
    if not defined FINDER py -%%V -c "" >nul 2>nul && set "FINDER=py -%%V"
)
if not defined FINDER (
    python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "FINDER=python"
)
if not defined FINDER goto nopython
echo 正在准备运行环境，只需要一次…… / Setting up, once only ...
%FINDER% -m venv .venv || goto failed

:libraries
fc /b requirements\run.txt .venv\preview.stamp >nul 2>nul && goto serve
echo 正在安装所需的程序库…… / Installing libraries ...
.venv\Scripts\python.exe -m pip install -q --disable-pip-version-check --require-hashes -r requirements\run.txt || goto failed
copy /y requirements\run.txt .venv\preview.stamp >nul

:serve
.venv\Scripts\python.exe build.py serve --open %*
if errorlevel 1 goto failed
exit /b 0

:nopython
echo.
echo 没有找到 Python 3.11 或更高版本。请从 https://www.python.org/downloads/ 下载安装，
echo 安装时勾选 "Add python.exe to PATH"，然后再双击本文件。
echo Python 3.11 or newer was not found. Install it from the address above, then double-click this file again.
echo.
pause
exit /b 1

:failed
echo.
echo 没有成功，原因见上面的文字。 / That did not work; the lines above say why.
pause
exit /b 1
